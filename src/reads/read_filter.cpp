#include "reads/read_filter.h"

#include "reads/kernels.h"
#include "reads/poly_g.h"
#include "reads/quality.h"

namespace anneal::reads {
namespace {

std::optional<Adapter> make_adapter(const std::string& sequence, const FilterOptions& options) {
  if (sequence.empty()) return std::nullopt;
  return Adapter(sequence, options.error_rate, options.min_overlap);
}

// Cuts a read, and counts what that takes away.
void keep(io::SequenceRecord& read, Kept part, Trimming trimming, FilterCounts& counts) {
  const std::size_t size = part.end - part.begin;
  const std::size_t cut = read.sequence.size() - size;
  if (cut == 0) return;
  read.sequence = read.sequence.substr(part.begin, size);
  if (!read.quality.empty()) read.quality = read.quality.substr(part.begin, size);
  ++counts.trimmed_reads[static_cast<std::size_t>(trimming)];
  counts.trimmed_bases[static_cast<std::size_t>(trimming)] += cut;
}

}  // namespace

FilterCounts& FilterCounts::operator+=(const FilterCounts& other) {
  reads += other.reads;
  bases += other.bases;
  bases_passed += other.bases_passed;
  const auto add = [](auto& to, const auto& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  };
  add(trimmed_reads, other.trimmed_reads);
  add(trimmed_bases, other.trimmed_bases);
  add(by_verdict, other.by_verdict);
  return *this;
}

ReadFilter::ReadFilter(const FilterOptions& options)
    : options_(options), adapter_(make_adapter(options.adapter, options)),
      adapter_2_(make_adapter(options.adapter_2, options)) {}

bool ReadFilter::apply(io::SequenceRecord& read, FilterCounts& counts) const {
  trim(read, adapter_, counts);
  const Verdict verdict = judge(read);
  ++counts.by_verdict[static_cast<std::size_t>(verdict)];
  if (verdict != Verdict::passed) return false;
  counts.bases_passed += read.sequence.size();
  return true;
}

bool ReadFilter::apply(io::SequenceRecord& first, io::SequenceRecord& second, FilterCounts& counts) const {
  trim(first, adapter_, counts);
  trim(second, adapter_2_, counts);
  Verdict verdict = judge(first);
  if (verdict == Verdict::passed) verdict = judge(second);
  counts.by_verdict[static_cast<std::size_t>(verdict)] += 2;
  if (verdict != Verdict::passed) return false;
  counts.bases_passed += first.sequence.size() + second.sequence.size();
  return true;
}

void ReadFilter::trim(io::SequenceRecord& read, const std::optional<Adapter>& adapter, FilterCounts& counts) const {
  ++counts.reads;
  counts.bases += read.sequence.size();
  if (options_.poly_g > 0) keep(read, {0, trim_poly_g(read.sequence, options_.poly_g)}, Trimming::poly_g, counts);
  if (options_.quality_5 > 0 || options_.quality_3 > 0) {
    keep(read, trim_ends(read.quality, options_.quality_5, options_.quality_3), Trimming::quality_ends, counts);
  }
  if (options_.window > 0) {
    keep(read, {0, trim_by_window(read.quality, options_.window, options_.window_quality)}, Trimming::window, counts);
  }
  if (adapter) keep(read, {0, adapter->find(read.sequence)}, Trimming::adapter, counts);
}

Verdict ReadFilter::judge(const io::SequenceRecord& read) const {
  const std::size_t length = read.sequence.size();
  if (length < options_.min_length) return Verdict::too_short;
  if (options_.max_length && length > *options_.max_length) return Verdict::too_long;
  if (options_.max_n && best_kernels().count_n(read.sequence) > *options_.max_n) return Verdict::too_many_n;
  const auto least = options_.min_mean_quality * static_cast<double>(length);
  if (options_.min_mean_quality > 0 && static_cast<double>(quality_sum(read.quality)) < least) {
    return Verdict::low_quality;
  }
  return Verdict::passed;
}

}  // namespace anneal::reads
