// How records are made and changed.
#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <new>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/variant_storage.h"

namespace anneal::io {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

void check(int result) {
  if (result < 0) throw std::bad_alloc();
}

// Other bytes would end the field, or the line.
void check_text(std::string_view what, std::string_view text, std::string_view separators) {
  const auto is_bad = [&](char byte) {
    return byte == '\0' || byte == '\t' || byte == '\n' || byte == '\r' || separators.find(byte) != separators.npos;
  };
  if (!text.empty() && std::ranges::none_of(text, is_bad)) return;
  refuse(fmt::format("{} cannot be {}; give text without line ends, tabs{}", what, base::quote(text),
                     separators.empty() ? "" : fmt::format(" and any of {}", base::quote(separators))));
}

std::int32_t stored(std::optional<std::int32_t> value) {
  constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min() + 8;  // BCF keeps the lowest 8 for itself
  if (value && *value < least)
    refuse(fmt::format("{} cannot be stored in BCF; it has to be {} or more", *value, least));
  return value.value_or(bcf_int32_missing);
}

float stored(std::optional<float> value) {
  float result = value.value_or(0);
  if (!value) bcf_float_set_missing(result);
  return result;
}

void set_end(std::int32_t& value) { value = bcf_int32_vector_end; }
void set_end(float& value) { bcf_float_set_vector_end(value); }

template <typename Value>
void update_info(VariantRecord::Storage& storage, std::string_view id, const std::vector<std::optional<Value>>& values,
                 VariantType type, int stored_type) {
  hts::checked_field(storage.definitions(), BCF_HL_INFO, id, type);
  std::vector<Value> plain;
  plain.reserve(values.size());
  for (const auto& value : values) plain.push_back(stored(value));
  if (id == "END" && plain.size() > 1) refuse("INFO END has one value; give one");
  check(bcf_update_info(storage.definitions(), storage.record.get(), std::string(id).c_str(), plain.data(),
                        static_cast<int>(plain.size()), stored_type));
}

void check_samples(const VariantRecord::Storage& storage, std::string_view id, std::size_t given) {
  const auto samples = static_cast<std::size_t>(bcf_hdr_nsamples(storage.definitions()));
  if (given == samples && samples > 0) return;
  refuse(fmt::format("FORMAT {} has values of {} samples, and the header has {}; give as many", base::quote(id), given,
                     samples));
}

template <typename Value>
void update_format(VariantRecord::Storage& storage, std::string_view id, const std::vector<std::vector<Value>>& samples,
                   int stored_type) {
  std::size_t width = 1;
  for (const auto& values : samples) width = std::max(width, values.size());
  std::vector<Value> table;
  table.reserve(width * samples.size());
  for (const auto& values : samples) {
    table.insert(table.end(), values.begin(), values.end());
    if (values.empty()) table.push_back(stored(std::optional<Value>()));
    Value end{};
    set_end(end);
    table.resize(table.size() + width - std::max<std::size_t>(values.size(), 1), end);
  }
  check(bcf_update_format(storage.definitions(), storage.record.get(), std::string(id).c_str(), table.data(),
                          static_cast<int>(table.size()), stored_type));
}

template <typename Value>
void set_values(VariantRecord::Storage& storage, std::string_view id,
                std::span<const std::vector<std::optional<Value>>> samples, VariantType type, int stored_type) {
  hts::checked_field(storage.definitions(), BCF_HL_FMT, id, type);
  check_samples(storage, id, samples.size());
  std::vector<std::vector<Value>> plain;
  for (const auto& values : samples) {
    plain.emplace_back();
    for (const auto& value : values) plain.back().push_back(stored(value));
  }
  update_format(storage, id, plain, stored_type);
}

std::vector<std::int32_t> stored(const Genotype& genotype) {
  std::vector<std::int32_t> values;
  for (const GenotypeAllele& allele : genotype) {
    constexpr int largest = (1 << 30) - 2;
    if (allele.allele && (*allele.allele < 0 || *allele.allele > largest)) {
      refuse(fmt::format("there can be no allele {}; it has to be 0..{}", *allele.allele, largest));
    }
    if (values.empty() && allele.phased) refuse("the first allele of a genotype is not phased; nothing is before it");
    values.push_back(((allele.allele.value_or(-1) + 1) << 1) | (allele.phased ? 1 : 0));
  }
  return values;
}

}  // namespace

void VariantRecord::set_contig(std::string_view name) {
  const auto contig = hts::find_contig(storage_->definitions(), name);
  if (!contig) refuse(fmt::format("the header defines no contig {}; add its ##contig line", base::quote(name)));
  storage_->record->rid = *contig;
}

void VariantRecord::set_position(std::int64_t position) {
  constexpr std::int64_t largest = std::numeric_limits<std::int32_t>::max() - 1;
  if (position < -1 || position > largest) {
    refuse(fmt::format("a variant cannot be at position {}; it has to be -1..{}", position, largest));
  }
  storage_->unpack(BCF_UN_ALL);
  bcf1_t* const record = storage_->record.get();
  const auto end_field = hts::find_id(storage_->definitions(), BCF_HL_INFO, "END");
  const bool has_end = end_field && hts::find_info(*storage_, *end_field) != nullptr;
  if (has_end) record->rlen = std::max<std::int64_t>(record->pos + record->rlen - position, 1);
  record->pos = position;
}

void VariantRecord::set_id(std::string_view id) {
  if (!id.empty()) check_text("an ID", id, " ");
  check(bcf_update_id(storage_->definitions(), storage_->record.get(), id.empty() ? "." : std::string(id).c_str()));
}

void VariantRecord::set_alleles(std::span<const std::string> alleles) {
  constexpr std::size_t most = 65535;
  if (alleles.empty() || alleles.size() > most) {
    refuse(fmt::format("a record cannot have {} alleles; it has 1..{}, the reference first", alleles.size(), most));
  }
  std::vector<const char*> texts;
  for (const std::string& allele : alleles) {
    check_text("an allele", allele, ", ");
    texts.push_back(allele.c_str());
  }
  check(bcf_update_alleles(storage_->definitions(), storage_->record.get(), texts.data(),
                           static_cast<int>(texts.size())));
}

void VariantRecord::set_quality(std::optional<float> quality) { storage_->record->qual = stored(quality); }

void VariantRecord::set_filters(std::span<const std::string> ids) {
  std::vector<int> numbers;
  for (const std::string& id : ids) {
    const auto number = hts::find_id(storage_->definitions(), BCF_HL_FLT, id);
    if (!number) refuse(fmt::format("the header defines no filter {}; add its ##FILTER line", base::quote(id)));
    numbers.push_back(*number);
  }
  check(bcf_update_filter(storage_->definitions(), storage_->record.get(), numbers.data(),
                          static_cast<int>(numbers.size())));
}

void VariantRecord::set_info(std::string_view id, const VariantIntegers& values) {
  update_info<std::int32_t>(*storage_, id, values, VariantType::integer, BCF_HT_INT);
}
void VariantRecord::set_info(std::string_view id, const VariantReals& values) {
  update_info<float>(*storage_, id, values, VariantType::real, BCF_HT_REAL);
}

void VariantRecord::set_info_text(std::string_view id, const std::optional<std::string>& value) {
  hts::checked_field(storage_->definitions(), BCF_HL_INFO, id, VariantType::text);
  if (value) check_text("INFO " + std::string(id), *value, "; ");
  check(bcf_update_info_string(storage_->definitions(), storage_->record.get(), std::string(id).c_str(),
                               value ? value->c_str() : nullptr));
}

void VariantRecord::set_info_flag(std::string_view id, bool value) {
  hts::checked_field(storage_->definitions(), BCF_HL_INFO, id, VariantType::flag);
  check(bcf_update_info_flag(storage_->definitions(), storage_->record.get(), std::string(id).c_str(), nullptr,
                             value ? 1 : 0));
}

void VariantRecord::set_format(std::string_view id, std::span<const VariantIntegers> samples) {
  set_values<std::int32_t>(*storage_, id, samples, VariantType::integer, BCF_HT_INT);
}
void VariantRecord::set_format(std::string_view id, std::span<const VariantReals> samples) {
  set_values<float>(*storage_, id, samples, VariantType::real, BCF_HT_REAL);
}

void VariantRecord::set_format_text(std::string_view id, std::span<const std::string> samples) {
  if (id == "GT") refuse("genotypes are set by set_genotypes()");
  hts::checked_field(storage_->definitions(), BCF_HL_FMT, id, VariantType::text);
  check_samples(*storage_, id, samples.size());
  std::vector<const char*> texts;
  for (const std::string& text : samples) {
    if (!text.empty()) check_text("FORMAT " + std::string(id), text, ": ");
    texts.push_back(text.empty() ? "." : text.c_str());
  }
  check(bcf_update_format_string(storage_->definitions(), storage_->record.get(), std::string(id).c_str(), texts.data(),
                                 static_cast<int>(texts.size())));
}

void VariantRecord::set_genotypes(std::span<const Genotype> samples) {
  hts::checked_field(storage_->definitions(), BCF_HL_FMT, "GT", VariantType::text);
  check_samples(*storage_, "GT", samples.size());
  std::vector<std::vector<std::int32_t>> values;
  for (const Genotype& genotype : samples) {
    values.push_back(stored(genotype));
    if (genotype.empty()) values.back().push_back(bcf_gt_missing);
  }
  update_format(*storage_, "GT", values, BCF_HT_INT);
}

}  // namespace anneal::io
