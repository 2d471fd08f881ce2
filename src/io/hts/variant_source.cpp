#include "io/hts/variant_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/variant_line.h"
#include "io/record_error.h"

namespace anneal::io::hts {
namespace {

constexpr int at_end = -1;

bool is_vcf(const InputFile& file) { return file.format().format == vcf; }

// What of a line or record the parser has refused.
std::string_view describe(int flags) {
  if ((flags & BCF_ERR_NCOLS) != 0) return "a sample has more fields than FORMAT names; mend the line";
  if ((flags & BCF_ERR_CHAR) != 0) return "a value has a byte that its type does not allow; mend the line";
  if ((flags & BCF_ERR_LIMITS) != 0) return "it has more alleles or fields than BCF can hold; split it";
  if ((flags & BCF_ERR_CTG_INVALID) != 0) return "its contig is not in the header; make the file again";
  if ((flags & (BCF_ERR_TAG_INVALID | BCF_ERR_TAG_UNDEF)) != 0) {
    return "a field is of no known type, or not in the header; make the file again";
  }
  return "it is damaged or truncated; copy or make the file again";
}

std::string undefined(std::string_view what, std::string_view line, std::string_view id) {
  return fmt::format("the header does not define {} {}; add its ##{} line, as with bcftools annotate -h or reheader",
                     what, base::quote(id), line);
}

std::string undefined(int type, std::string_view id) {
  switch (type) {
    case BCF_HL_CTG:
      return undefined("the contig", "contig", id);
    case BCF_HL_FLT:
      return undefined("the filter", "FILTER", id);
    case BCF_HL_INFO:
      return undefined("INFO", "INFO", id);
    default:
      return undefined("FORMAT", "FORMAT", id);
  }
}

}  // namespace

bool is_variants(const InputFile& file) { return file.format().format == vcf || file.format().format == bcf; }

VariantSource::VariantSource(InputFile file, const std::optional<std::vector<std::string>>& samples)
    : file_(std::move(file)) {
  if (!is_variants(file_)) {
    char* const description = hts_format_description(&file_.format());
    const std::string found = description == nullptr ? "something else" : description;
    std::free(description);
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} is no VCF or BCF but {}; give a file of variants", file_.name(), found));
  }
  definitions_ = std::make_shared<VariantHeader::Definitions>(read_header());
  if (samples) keep_samples(*samples);
}

bcf_hdr_t* VariantSource::read_header() {
  bcf_hdr_t* const header = is_vcf(file_) ? read_text_header() : bcf_hdr_read(file_.get());
  if (header != nullptr) return header;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("the header of {} is damaged or truncated, or its #CHROM line is not that of VCF; copy or make "
                  "the file again",
                  file_.name()));
}

// htslib's own function would add the contigs of any index that lies beside the file.
bcf_hdr_t* VariantSource::read_text_header() {
  std::string text;
  while (!text.starts_with("#CHROM") && text.find("\n#CHROM") == std::string::npos) {
    if (line_.read(file_.get()) < 0) return nullptr;
    if (line_.text().empty()) continue;
    if (line_.text()[0] != '#') return nullptr;
    text.append(line_.text()) += '\n';
  }
  std::unique_ptr<bcf_hdr_t, VariantHeader::Definitions::Destroy> header(bcf_hdr_init("r"));
  if (header == nullptr) throw std::bad_alloc();
  return bcf_hdr_parse(header.get(), text.data()) < 0 ? nullptr : header.release();
}

void VariantSource::keep_samples(const std::vector<std::string>& samples) {
  std::string list;
  for (const std::string& sample : samples) {
    if (bcf_hdr_id2int(header(), BCF_DT_SAMPLE, sample.c_str()) < 0) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{} has no sample {}; its #CHROM line names those that it has", file_.name(),
                              base::quote(sample)));
    }
    list += (list.empty() ? "" : ",") + sample;
  }
  if (bcf_hdr_set_samples(header(), samples.empty() ? nullptr : list.c_str(), 0) != 0) throw std::bad_alloc();
}

bool VariantSource::read(bcf1_t* record, std::uint64_t number) {
  return is_vcf(file_) ? read_line(record, number) : read_binary(record, number);
}

bool VariantSource::read_line(bcf1_t* record, std::uint64_t number) {
  const int result = cursor_ ? cursor_->next(line_.get()) : line_.read(file_.get());
  if (result < at_end) fail(number, "", describe(0));
  if (result == at_end) {
    if (!cursor_) file_.check_end();
    return false;
  }
  const std::string_view line = line_.text();
  if (const auto defect = find_defect(header(), line)) fail(number, place_of(line), *defect);

  const int lines_before = header()->nhrec;
  const int parsed = vcf_parse(line_.get(), header(), record);
  if (parsed == 0 && record->errcode == 0 && header()->nhrec == lines_before) return true;
  std::string restored(line);  // the parser has cut it
  std::ranges::replace(restored, '\0', '\t');
  fail(number, place_of(restored), find_undefined(lines_before).value_or(std::string(describe(record->errcode))));
}

bool VariantSource::read_binary(bcf1_t* record, std::uint64_t number) {
  record->errcode = 0;
  BGZF* const stream = file_.get()->fp.bgzf;
  int contig = 0;
  hts_pos_t begin = 0, end = 0;
  const int result = cursor_ ? cursor_->next(record) : bcf_readrec(stream, nullptr, record, &contig, &begin, &end);
  if (result == at_end) {
    if (!cursor_) file_.check_end();
    return false;
  }
  if (result < at_end) fail(number, "", describe(record->errcode));
  if (const auto reason = find_binary_defect(record)) fail(number, "", *reason);
  if (bcf_subset_format(header(), record) != 0) fail(number, "", describe(0));
  return true;
}

// The parser adds what it does not find.
std::optional<std::string> VariantSource::find_undefined(int lines_before) const {
  if (header()->nhrec == lines_before) return std::nullopt;
  bcf_hrec_t* const added = header()->hrec[lines_before];
  const int id = bcf_hrec_find_key(added, "ID");
  return undefined(added->type, id < 0 ? "" : added->vals[id]);
}

// Of binary records, which name fields by numbers.
std::optional<std::string> VariantSource::find_binary_defect(bcf1_t* record) const {
  const auto check = [this](int line, int id) -> std::optional<std::string> {
    const std::string_view name = id_name(header(), id);
    if (!name.empty() && bcf_hdr_idinfo_exists(header(), line, id)) return std::nullopt;
    return undefined(line, name.empty() ? fmt::format("number {}", id) : name);
  };
  if (contig_name(header(), record->rid).empty()) return undefined(BCF_HL_CTG, fmt::format("number {}", record->rid));
  bcf_unpack(record, BCF_UN_FLT | BCF_UN_INFO);
  for (int i = 0; i < record->d.n_flt; ++i) {
    if (auto reason = check(BCF_HL_FLT, record->d.flt[i])) return reason;
  }
  for (std::uint32_t i = 0; i < record->n_info; ++i) {
    if (auto reason = check(BCF_HL_INFO, record->d.info[i].key)) return reason;
  }
  if (record->n_sample != stored_samples(header())) {
    return fmt::format("it has {} samples, and the header has {}; make the file again", +record->n_sample,
                       stored_samples(header()));
  }
  bcf_unpack(record, BCF_UN_FMT);
  for (std::uint32_t i = 0; i < record->n_fmt; ++i) {
    const bcf_fmt_t& format = record->d.fmt[i];
    if (auto reason = check(BCF_HL_FMT, format.id)) return reason;
    const bool is_integer = format.type >= BCF_BT_INT8 && format.type <= BCF_BT_INT32;
    if (format.type == BCF_BT_NULL || is_integer || id_name(header(), format.id) != "GT") continue;
    return "its genotypes are no integers; make the file again";
  }
  return std::nullopt;
}

void VariantSource::find(std::span<const Region> regions) {
  std::vector<IndexedInterval> intervals;
  for (const Region& region : regions) {
    const auto contig = find_contig(header(), region.contig);
    if (!contig) {
      throw Error(ErrorCode::invalid_argument, fmt::format("{} has no contig {}; its header names those that it has",
                                                           file_.name(), base::quote(region.contig)));
    }
    intervals.push_back(indexed(region, *contig));
  }
  if (is_vcf(file_)) {
    if (!tabix_) tabix_.emplace(file_, vcf_lines);
    for (const std::string& contig : tabix_->contigs()) {
      if (!find_contig(header(), contig)) refuse_index(contig);
    }
    cursor_.emplace(tabix_->find(file_, regions));
  } else {
    if (!index_) index_.emplace(file_, header()->n[BCF_DT_CTG]);
    cursor_.emplace(index_->find(file_, std::move(intervals)));
  }
}

void VariantSource::refuse_index(std::string_view contig) const {
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("the index of {} has the contig {}, which the file's header does not define; make it again with: "
                  "anneal index {}",
                  file_.name(), base::quote(contig), file_.name()));
}

void VariantSource::fail(std::uint64_t number, std::string_view place, std::string_view reason) const {
  const std::string record = place.empty() ? fmt::format("record {} of {}", number, file_.name())
                                           : describe_record(number, place, file_.name());
  throw Error(ErrorCode::invalid_input, fmt::format("{} cannot be read: {}", record, reason));
}

}  // namespace anneal::io::hts
