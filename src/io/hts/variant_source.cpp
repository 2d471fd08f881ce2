#include "io/hts/variant_source.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <new>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/variant_binary.h"
#include "io/hts/variant_line.h"
#include "io/record_error.h"
#include "io/whole_lines.h"

namespace anneal::io::hts {
namespace {

constexpr int at_end = Line::at_end;
constexpr std::string_view defining_keys[] = {"contig", "FILTER", "INFO", "FORMAT"};

// What of a line or record the parser has refused.
std::string_view describe(int flags) {
  if ((flags & BCF_ERR_NCOLS) != 0) return "a sample has more fields than FORMAT names; mend the line";
  if ((flags & BCF_ERR_CHAR) != 0) return "a value has a byte that its type does not allow; mend the line";
  if ((flags & BCF_ERR_LIMITS) != 0) return "it has more alleles or fields than BCF can hold; split it";
  if ((flags & BCF_ERR_CTG_INVALID) != 0)
    return "its contig is neither in the header nor a name that one can define; make the file again";
  if ((flags & (BCF_ERR_TAG_INVALID | BCF_ERR_TAG_UNDEF)) != 0) {
    return "a field is of no known type, or its name is none that a header can define; make the file again";
  }
  return "it is damaged or truncated; copy or make the file again";
}

// Whether htslib's header cannot hold it. Then its parser passes over it, as it does over definitions without an ID.
bool is_lost(const bcf_hdr_t* header, Line& line) {
  if (!line.text().starts_with("##")) return false;
  if (kputc('\n', line.get()) < 0) throw std::bad_alloc();
  int size = 0;
  bcf_hrec_t* const parsed = bcf_hdr_parse_line(header, line.get()->s, &size);
  line.get()->s[--line.get()->l] = '\0';
  if (parsed == nullptr) return true;
  const bool is_definition = std::ranges::find(defining_keys, std::string_view(parsed->key)) != std::end(defining_keys);
  const bool lacks_id = bcf_hrec_find_key(parsed, "ID") < 0;
  bcf_hrec_destroy(parsed);
  return is_definition && lacks_id;
}

}  // namespace

bool is_vcf(const InputFile& file) { return file.format().format == vcf; }

VariantSource::VariantSource(InputFile file, const std::optional<std::vector<std::string>>& samples)
    : file_(std::move(file)), header_(open_header(samples)) {
  find_text_end();
}

GrowingHeader VariantSource::open_header(const std::optional<std::vector<std::string>>& samples) {
  if (!is_variants(file_.format())) {
    char* const description = hts_format_description(&file_.format());
    const std::string found = description == nullptr ? "something else" : description;
    std::free(description);
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} is no VCF or BCF but {}; give a file of variants", file_.name(), found));
  }
  OwnedHeader header = read_header();
  if (samples) keep_samples(header.get(), *samples);
  return is_vcf(file_) ? GrowingHeader::of_text(std::move(header)) : GrowingHeader::of_binary(std::move(header));
}

VariantSource::OwnedHeader VariantSource::read_header() {
  OwnedHeader header = is_vcf(file_) ? read_text_header() : OwnedHeader(bcf_hdr_read(file_.get()));
  if (header != nullptr) return header;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("the header of {} is damaged or truncated, or its #CHROM line is not that of VCF; copy or make "
                  "the file again",
                  file_.name()));
}

// htslib's own function would add the contigs of any index that lies beside the file.
VariantSource::OwnedHeader VariantSource::read_text_header() {
  OwnedHeader header(bcf_hdr_init("r"));
  if (header == nullptr) throw std::bad_alloc();
  std::string text;
  lost_lines_.clear();
  do {
    const int result = line_.read(file_.get());
    if (result == Line::cut) refuse_cut_line(file_.name());
    if (result < 0) return nullptr;
    if (line_.text().empty()) continue;
    if (line_.text()[0] != '#' || line_.text().find('\0') != std::string_view::npos) return nullptr;
    text.append(line_.text()) += '\n';
    if (is_lost(header.get(), line_)) lost_lines_.emplace_back(line_.text());
  } while (!line_.text().starts_with("#CHROM"));
  return bcf_hdr_parse(header.get(), text.data()) < 0 ? nullptr : std::move(header);
}

void VariantSource::keep_samples(bcf_hdr_t* header, const std::vector<std::string>& samples) const {
  std::string list;
  for (const std::string& sample : samples) {
    if (bcf_hdr_id2int(header, BCF_DT_SAMPLE, sample.c_str()) < 0) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{} has no sample {}; its #CHROM line names those that it has", file_.name(),
                              base::quote(sample)));
    }
    list += (list.empty() ? "" : ",") + sample;
  }
  if (bcf_hdr_set_samples(header, samples.empty() ? nullptr : list.c_str(), 0) != 0) throw std::bad_alloc();
}

bool VariantSource::read(bcf1_t* record, std::uint64_t number) {
  return is_vcf(file_) ? read_line(record, number) : read_binary(record, number);
}

bool VariantSource::read_line(bcf1_t* record, std::uint64_t number) {
  const int result = cursor_ ? cursor_->next(line_.get()) : line_.read(file_.get());
  if (!cursor_ && result == Line::cut) refuse_cut_line(file_.name());
  if (result < at_end) fail(number, "", describe(0));
  if (result == at_end) {
    if (!cursor_) file_.check_end();
    return false;
  }
  const std::string_view line = line_.text();
  if (const auto defect = find_defect(header(), line)) fail(number, place_of(line), *defect);

  const int parsed = vcf_parse(line_.get(), header(), record);
  constexpr int is_undefined = BCF_ERR_CTG_UNDEF | BCF_ERR_TAG_UNDEF;  // and was added
  if (parsed == 0 && (record->errcode & ~is_undefined) == 0) {
    record->errcode = 0;  // which the writer refuses
    if (header_.has_grown()) find_text_end();
    take_text_end(record);
    return true;
  }
  std::string restored(line);  // the parser has cut it
  std::ranges::replace(restored, '\0', '\t');
  fail(number, place_of(restored), describe(record->errcode));
}

void VariantSource::find_text_end() {
  text_end_ = find_id(header(), BCF_HL_INFO, "END");
  if (text_end_ && bcf_hdr_id2type(header(), BCF_HL_INFO, *text_end_) != BCF_HT_STR) text_end_.reset();
}

// The parser takes the end from integers only, and indices take it from text.
void VariantSource::take_text_end(bcf1_t* record) const {
  if (!text_end_) return;
  bcf_unpack(record, BCF_UN_INFO);
  const bcf_info_t* const info = bcf_get_info_id(record, *text_end_);
  if (info == nullptr || info->type != BCF_BT_CHAR) return;
  const auto* const text = reinterpret_cast<const char*>(info->vptr);
  std::int64_t end = 0;
  const auto [stop, error] = std::from_chars(text, text + info->len, end);
  if (error == std::errc() && stop == text + info->len && end > record->pos) record->rlen = end - record->pos;
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
  if (const auto reason = find_defect(header(), record)) fail(number, "", *reason);
  if (bcf_subset_format(header(), record) != 0) fail(number, "", describe(0));
  return true;
}

void VariantSource::find(std::span<const Region> regions) {
  for (const Region& region : regions) {
    if (has_contig(region.contig)) continue;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} has no contig {}; its header{} names those that it has", file_.name(),
                            base::quote(region.contig), is_vcf(file_) ? " or its index" : ""));
  }
  if (is_vcf(file_)) {
    cursor_.emplace(tabix().find(file_, regions));
  } else {
    std::vector<IndexedInterval> intervals;
    for (const Region& region : regions) {
      if (const auto contig = find_contig(header(), region.contig)) intervals.push_back(indexed(region, *contig));
    }
    if (!index_) index_.emplace(file_, header()->n[BCF_DT_CTG]);
    cursor_.emplace(index_->find(file_, std::move(intervals)));
  }
  regions_.emplace(regions.begin(), regions.end());
}

bool VariantSource::has_contig(std::string_view name) {
  return find_contig(header(), name) || (is_vcf(file_) && tabix().has_contig(std::string(name)));
}

TabixIndex& VariantSource::tabix() {
  if (tabix_) return *tabix_;
  TabixIndex& index = tabix_.emplace(file_, vcf_lines);
  try {
    check_contigs(index);
  } catch (...) {
    tabix_.reset();
    throw;
  }
  return index;
}

// An index of another file has contigs that this one lacks. Those that the header does not define it can have, too.
void VariantSource::check_contigs(TabixIndex& index) const {
  constexpr int most = 64;
  int checked = 0;
  for (const std::string& contig : index.contigs()) {
    if (find_contig(header(), contig)) continue;
    if (++checked > most) return;
    const Region whole{.contig = contig};
    Line line;
    if (index.find(file_, {&whole, 1}).next(line.get()) < 0) refuse_index(contig);
  }
}

bool VariantSource::can_rewind() const { return file_.is_seekable() && file_.path() != "-"; }

void VariantSource::rewind() {
  if (!can_rewind()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} comes but once, so that it cannot be read again; give a file", file_.name()));
  }
  cursor_.reset();
  tabix_.reset();
  index_.reset();
  file_ = file_.reopened();
  read_header();  // to get past it
  header_.keep_added();
  if (regions_) find(std::vector<Region>(*regions_));
}

void VariantSource::refuse_index(std::string_view contig) const {
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("the index of {} has the contig {}, which is not where it says; make it again with: anneal index {}",
                  file_.name(), base::quote(contig), file_.name()));
}

void VariantSource::fail(std::uint64_t number, std::string_view place, std::string_view reason) const {
  const std::string record = place.empty() ? fmt::format("record {} of {}", number, file_.name())
                                           : describe_record(number, place, file_.name());
  throw Error(ErrorCode::invalid_input, fmt::format("{} cannot be read: {}", record, reason));
}

}  // namespace anneal::io::hts
