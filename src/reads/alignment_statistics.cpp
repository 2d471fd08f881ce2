#include "reads/alignment_statistics.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <variant>

#include "anneal/error.h"
#include "base/text.h"
#include "reads/quality.h"

namespace anneal::reads {
namespace {

using io::AlignmentRecord;

bool is_mapped(const AlignmentRecord& record) { return !record.has(io::flag_unmapped); }

bool both_are_mapped(const AlignmentRecord& record) {
  return record.has(io::flag_paired) && is_mapped(record) && !record.has(io::flag_mate_unmapped);
}

std::uint64_t aligned_bases(const AlignmentRecord& record) {
  std::uint64_t bases = 0;
  for (const CigarOp op : record.cigar()) {
    if (std::string_view("MI=X").find(op.letter()) != std::string_view::npos) bases += op.length();
  }
  return bases;
}

// Of SAM's letters; those of RNA do not occur in it.
char complement(char letter) {
  constexpr std::string_view letters = "ACGTMRWSYKVHDB", complements = "TGCAKYWSRMBDHV";
  const std::size_t found = letters.find(letter);
  return found == std::string_view::npos ? letter : complements[found];
}

}  // namespace

PairCounts& PairCounts::operator+=(const PairCounts& more) {
  inward += more.inward;
  outward += more.outward;
  other += more.other;
  return *this;
}

bool is_primary(const AlignmentRecord& record) {
  return (record.flags() & (io::flag_secondary | io::flag_supplementary)) == 0;
}

void AlignmentStatistics::add(const AlignmentRecord& record) {
  ++counter(AlignmentCount::records);
  if (record.has(io::flag_secondary)) {
    ++counter(AlignmentCount::secondary);
    return;
  }
  if (record.has(io::flag_supplementary)) {
    ++counter(AlignmentCount::supplementary);
  } else {
    add_read(record);
  }
  if (is_mapped(record) && record.sequence_length() > 0) add_edits(record);
}

void AlignmentStatistics::add_read(const AlignmentRecord& record) {
  const bool paired = record.has(io::flag_paired), mapped = is_mapped(record);
  const bool elsewhere = both_are_mapped(record) && record.reference() != record.mate_reference();
  counter(AlignmentCount::mapped) += mapped ? 1 : 0;
  counter(AlignmentCount::quality_failed) += record.has(io::flag_quality_failed) ? 1 : 0;
  counter(AlignmentCount::duplicates) += record.has(io::flag_duplicate) ? 1 : 0;
  counter(AlignmentCount::paired) += paired ? 1 : 0;
  counter(AlignmentCount::properly_paired) += paired && mapped && record.has(io::flag_proper_pair) ? 1 : 0;
  counter(AlignmentCount::pair_mapped) += both_are_mapped(record) ? 1 : 0;
  counter(AlignmentCount::singletons) += paired && mapped && record.has(io::flag_mate_unmapped) ? 1 : 0;
  counter(AlignmentCount::mate_elsewhere) += elsewhere ? 1 : 0;
  if (mapped) ++by_mapping_quality_[record.mapping_quality()];
  if (both_are_mapped(record)) add_pair(record);
}

void AlignmentStatistics::add_pair(const AlignmentRecord& record) {
  const auto size =
      std::min<std::uint64_t>(static_cast<std::uint64_t>(std::llabs(record.template_length())), largest_insert);
  if (size == 0 && record.reference() != record.mate_reference()) return;
  if (mates_by_insert_size_.size() <= size) mates_by_insert_size_.resize(size + 1);
  PairCounts& counts = mates_by_insert_size_[size];
  const bool is_reverse = record.has(io::flag_reverse);
  if (is_reverse == record.has(io::flag_mate_reverse)) {
    ++counts.other;
    return;
  }
  // Of mates at one place, the first one of the pair is taken to lie first.
  const bool is_first_of_pair = record.has(io::flag_first_of_pair);
  const bool lies_first =
      record.position() == record.mate_position() ? is_first_of_pair : record.position() < record.mate_position();
  ++(lies_first != is_reverse ? counts.inward : counts.outward);
}

void AlignmentStatistics::add_edits(const AlignmentRecord& record) {
  counter(AlignmentCount::aligned_bases) += aligned_bases(record);
  const auto tag = record.tag("NM");
  const auto* const edits = tag ? std::get_if<std::int64_t>(&*tag) : nullptr;
  if (edits != nullptr && *edits > 0) counter(AlignmentCount::edits) += static_cast<std::uint64_t>(*edits);
}

AlignmentStatistics& AlignmentStatistics::operator+=(const AlignmentStatistics& other) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  for (std::size_t i = 0; i < by_mapping_quality_.size(); ++i) by_mapping_quality_[i] += other.by_mapping_quality_[i];
  const auto& mates = other.mates_by_insert_size_;
  if (mates_by_insert_size_.size() < mates.size()) mates_by_insert_size_.resize(mates.size());
  for (std::size_t i = 0; i < mates.size(); ++i) mates_by_insert_size_[i] += mates[i];
  return *this;
}

double AlignmentStatistics::edit_rate() const {
  const std::uint64_t bases = count(AlignmentCount::aligned_bases);
  return bases == 0 ? 0 : static_cast<double>(count(AlignmentCount::edits)) / static_cast<double>(bases);
}

std::vector<PairCounts> AlignmentStatistics::by_insert_size() const {
  std::vector<PairCounts> pairs = mates_by_insert_size_;
  for (PairCounts& counts : pairs) counts = {counts.inward / 2, counts.outward / 2, counts.other / 2};
  while (!pairs.empty() && pairs.back().all() == 0) pairs.pop_back();
  return pairs;
}

AlignmentStatistics::InsertSize AlignmentStatistics::insert_size() const {
  const std::vector<PairCounts> pairs = by_insert_size();
  double all = 0;
  for (const PairCounts& counts : pairs) all += static_cast<double>(counts.all());
  double bulk = 0, sum = 0;
  std::size_t end = 0;
  while (end < pairs.size() && bulk <= main_bulk * all) {
    const auto number = static_cast<double>(pairs[end].all());
    bulk += number;
    sum += number * static_cast<double>(end++);
  }
  if (bulk == 0) return {};
  const double mean = sum / bulk;
  double squares = 0;
  for (std::size_t size = 1; size < end; ++size) {
    const double distance = static_cast<double>(size) - mean;
    squares += static_cast<double>(pairs[size].all()) * distance * distance;
  }
  return {.mean = mean, .standard_deviation = std::sqrt(squares / bulk)};
}

std::size_t AlignmentStatistics::median_insert_size() const {
  const std::vector<PairCounts> pairs = by_insert_size();
  std::uint64_t all = 0, passed = 0;
  for (const PairCounts& counts : pairs) all += counts.all();
  for (std::size_t size = 0; size < pairs.size(); ++size) {
    passed += pairs[size].all();
    if (all > 0 && 2 * passed >= all) return size;
  }
  return 0;
}

void sequenced_read(const AlignmentRecord& record, std::string& sequence, std::string& quality) {
  sequence = record.sequence();
  quality.clear();
  for (const std::uint8_t score : record.qualities()) {
    if (score > largest_quality) {
      throw Error(ErrorCode::invalid_input, fmt::format("{} has a quality of {}; 0 to {} is allowed",
                                                        base::quote(record.name()), +score, largest_quality));
    }
    quality += static_cast<char>(score + quality_offset);
  }
  if (!record.has(io::flag_reverse)) return;
  std::ranges::reverse(sequence);
  std::ranges::reverse(quality);
  std::ranges::transform(sequence, sequence.begin(), complement);
}

}  // namespace anneal::reads
