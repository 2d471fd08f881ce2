#include "anneal/io/variant_record.h"

#include <fmt/core.h>

#include <bit>
#include <cstdlib>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/file.h"
#include "io/hts/variant_storage.h"

namespace anneal::io {
namespace hts {
namespace {

std::string_view type_name(VariantType type) {
  constexpr std::string_view names[] = {"Flag", "Integer", "Float", "String"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view line_name(int line) { return line == BCF_HL_INFO ? "INFO" : "FORMAT"; }

}  // namespace

int checked_field(const bcf_hdr_t* header, int line, std::string_view id) {
  const auto number = find_id(header, line, id);
  if (!number) {
    throw Error(ErrorCode::invalid_argument, fmt::format("the header defines no {} {}; add its ##{} line",
                                                         line_name(line), base::quote(id), line_name(line)));
  }
  return *number;
}

int checked_field(const bcf_hdr_t* header, int line, std::string_view id, VariantType type) {
  const int number = checked_field(header, line, id);
  const VariantType defined = field_of(header, line, number).type;
  if (defined != type) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} {} is of type {}, not {}; ask for that type", line_name(line), base::quote(id),
                            type_name(defined), type_name(type)));
  }
  return number;
}

void check_sample(const bcf1_t* record, std::size_t sample) {
  if (sample < record->n_sample) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("there is no sample {}; the record has {}, counted from 0", sample, +record->n_sample));
}

const bcf_info_t* find_info(const VariantRecord::Storage& storage, int id) {
  storage.unpack(BCF_UN_INFO);
  const bcf_info_t* const info = bcf_get_info_id(storage.record.get(), id);
  return info == nullptr || info->vptr == nullptr ? nullptr : info;
}

const bcf_fmt_t* find_format(const VariantRecord::Storage& storage, int id) {
  storage.unpack(BCF_UN_FMT);
  const bcf_fmt_t* const format = bcf_get_fmt_id(storage.record.get(), id);
  return format == nullptr || format->p == nullptr ? nullptr : format;
}

}  // namespace hts

namespace {

template <typename Values>
Values info_values(const VariantRecord::Storage& storage, std::string_view id, VariantType type,
                   Values (*stored)(const std::uint8_t*, int, int, std::string_view)) {
  const int number = hts::checked_field(storage.definitions(), BCF_HL_INFO, id, type);
  const bcf_info_t* const info = hts::find_info(storage, number);
  return info == nullptr ? Values() : stored(info->vptr, info->len, info->type, id);
}

template <typename Values>
Values format_values(const VariantRecord::Storage& storage, std::string_view id, std::size_t sample, VariantType type,
                     Values (*stored)(const std::uint8_t*, int, int, std::string_view)) {
  const int number = hts::checked_field(storage.definitions(), BCF_HL_FMT, id, type);
  hts::check_sample(storage.record.get(), sample);
  const bcf_fmt_t* const format = hts::find_format(storage, number);
  return format == nullptr ? Values() : stored(format->p + sample * format->size, format->n, format->type, id);
}

}  // namespace

VariantRecord::VariantRecord()
    : VariantRecord([]() -> const VariantHeader& {
        static const VariantHeader nothing;
        return nothing;
      }()) {}

VariantRecord::VariantRecord(const VariantHeader& header) : storage_(std::make_unique<Storage>(header)) {
  hts::keep_quiet();
  storage_->record->rid = -1;
  bcf_float_set_missing(storage_->record->qual);
  storage_->record->n_sample = static_cast<unsigned>(bcf_hdr_nsamples(storage_->definitions())) & 0xffffffu;
}

VariantRecord::VariantRecord(const VariantRecord& other)
    : storage_(std::make_unique<Storage>(other.storage_->header, bcf_dup(other.storage_->record.get()))) {}

VariantRecord::VariantRecord(VariantRecord&& other) noexcept = default;

VariantRecord& VariantRecord::operator=(const VariantRecord& other) {
  if (this != &other) storage_ = VariantRecord(other).storage_;
  return *this;
}

VariantRecord& VariantRecord::operator=(VariantRecord&& other) noexcept = default;
VariantRecord::~VariantRecord() = default;

const VariantHeader& VariantRecord::header() const { return storage_->header; }

std::string VariantRecord::text() const {
  if (storage_->record->rid < 0) throw Error(ErrorCode::invalid_argument, "the record has no contig; set one");
  kstring_t line = {0, 0, nullptr};
  const int result = vcf_format(storage_->definitions(), storage_->record.get(), &line);
  std::string text(line.s == nullptr ? "" : line.s, line.l);
  std::free(line.s);
  if (result < 0) throw Error(ErrorCode::invalid_input, "the record holds what VCF cannot say; make the file again");
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string_view VariantRecord::contig() const {
  return hts::contig_name(storage_->definitions(), storage_->record->rid);
}
std::int64_t VariantRecord::position() const { return storage_->record->pos; }
std::int64_t VariantRecord::end() const { return storage_->record->pos + storage_->record->rlen; }

std::string_view VariantRecord::id() const {
  storage_->unpack(BCF_UN_STR);
  const char* const id = storage_->record->d.id;
  return id == nullptr || std::string_view(id) == "." ? std::string_view() : id;
}

std::size_t VariantRecord::allele_count() const { return storage_->record->n_allele; }

std::string_view VariantRecord::allele(std::size_t index) const {
  if (index >= allele_count()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("there is no allele {}; the record has {}, counted from 0", index, allele_count()));
  }
  storage_->unpack(BCF_UN_STR);
  return storage_->record->d.allele[index];
}

std::optional<float> VariantRecord::quality() const {
  const float quality = storage_->record->qual;
  return bcf_float_is_missing(quality) ? std::nullopt : std::optional(quality);
}

std::vector<std::string_view> VariantRecord::filters() const {
  storage_->unpack(BCF_UN_FLT);
  std::vector<std::string_view> ids;
  const bcf_dec_t& decoded = storage_->record->d;
  ids.reserve(static_cast<std::size_t>(decoded.n_flt));
  for (int i = 0; i < decoded.n_flt; ++i) ids.push_back(hts::id_name(storage_->definitions(), decoded.flt[i]));
  return ids;
}

bool VariantRecord::has_filter(std::string_view id) const {
  const auto number = hts::find_id(storage_->definitions(), BCF_HL_FLT, id);
  storage_->unpack(BCF_UN_FLT);
  const bcf_dec_t& decoded = storage_->record->d;
  for (int i = 0; i < decoded.n_flt; ++i) {
    if (decoded.flt[i] == number) return true;
  }
  return false;
}

std::vector<std::string_view> VariantRecord::info_ids() const {
  storage_->unpack(BCF_UN_INFO);
  std::vector<std::string_view> ids;
  const bcf1_t* const record = storage_->record.get();
  for (std::uint32_t i = 0; i < record->n_info; ++i) {
    const bcf_info_t& info = record->d.info[i];
    if (info.vptr != nullptr) ids.push_back(hts::id_name(storage_->definitions(), info.key));
  }
  return ids;
}

bool VariantRecord::has_info(std::string_view id) const {
  return hts::find_info(*storage_, hts::checked_field(storage_->definitions(), BCF_HL_INFO, id)) != nullptr;
}
VariantIntegers VariantRecord::info_integers(std::string_view id) const {
  return info_values(*storage_, id, VariantType::integer, hts::stored_integers);
}
VariantReals VariantRecord::info_reals(std::string_view id) const {
  return info_values(*storage_, id, VariantType::real, hts::stored_reals);
}
std::optional<std::string> VariantRecord::info_text(std::string_view id) const {
  return info_values(*storage_, id, VariantType::text, hts::stored_text);
}

std::size_t VariantRecord::sample_count() const { return storage_->record->n_sample; }

std::vector<std::string_view> VariantRecord::format_ids() const {
  storage_->unpack(BCF_UN_FMT);
  std::vector<std::string_view> ids;
  const bcf1_t* const record = storage_->record.get();
  for (std::uint32_t i = 0; i < record->n_fmt; ++i) {
    const bcf_fmt_t& format = record->d.fmt[i];
    if (format.p != nullptr) ids.push_back(hts::id_name(storage_->definitions(), format.id));
  }
  return ids;
}

bool VariantRecord::has_format(std::string_view id) const {
  return hts::find_format(*storage_, hts::checked_field(storage_->definitions(), BCF_HL_FMT, id)) != nullptr;
}
VariantIntegers VariantRecord::format_integers(std::string_view id, std::size_t sample) const {
  return format_values(*storage_, id, sample, VariantType::integer, hts::stored_integers);
}
VariantReals VariantRecord::format_reals(std::string_view id, std::size_t sample) const {
  return format_values(*storage_, id, sample, VariantType::real, hts::stored_reals);
}
std::optional<std::string> VariantRecord::format_text(std::string_view id, std::size_t sample) const {
  if (id != "GT") return format_values(*storage_, id, sample, VariantType::text, hts::stored_text);
  const Genotype genotype = this->genotype(sample);
  return genotype.empty() ? std::nullopt : std::optional(hts::to_string(genotype));
}

Genotype VariantRecord::genotype(std::size_t sample) const {
  const int number = hts::checked_field(storage_->definitions(), BCF_HL_FMT, "GT", VariantType::text);
  hts::check_sample(storage_->record.get(), sample);
  const bcf_fmt_t* const format = hts::find_format(*storage_, number);
  if (format == nullptr) return {};
  return hts::stored_genotype(format->p + sample * format->size, format->n, format->type);
}

}  // namespace anneal::io
