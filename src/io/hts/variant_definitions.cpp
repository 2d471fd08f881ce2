#include "io/hts/variant_definitions.h"

#include <cstdlib>
#include <new>

namespace anneal::io::hts {
namespace {

VariantType type_of(std::uint32_t type) {
  switch (type) {
    case BCF_HT_FLAG:
      return VariantType::flag;
    case BCF_HT_INT:
      return VariantType::integer;
    case BCF_HT_REAL:
      return VariantType::real;
    default:
      return VariantType::text;
  }
}

VariantCount count_of(std::uint32_t length) {
  switch (length) {
    case BCF_VL_FIXED:
      return VariantCount::fixed;
    case BCF_VL_A:
      return VariantCount::per_alternate;
    case BCF_VL_R:
      return VariantCount::per_allele;
    case BCF_VL_G:
      return VariantCount::per_genotype;
    default:
      return VariantCount::any;
  }
}

std::string_view name_in(const bcf_hdr_t* header, int dictionary, int id) {
  if (id < 0 || id >= header->n[dictionary] || header->id[dictionary][id].val == nullptr) return {};
  return header->id[dictionary][id].key;
}

std::string description_of(const bcf_hrec_t* line) {
  const int key = line == nullptr ? -1 : bcf_hrec_find_key(const_cast<bcf_hrec_t*>(line), "Description");
  if (key < 0) return {};
  std::string_view text = line->vals[key];
  if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) text = text.substr(1, text.size() - 2);
  return std::string(text);
}

}  // namespace

std::optional<int> find_id(const bcf_hdr_t* header, int line, std::string_view id) {
  const int number = bcf_hdr_id2int(header, BCF_DT_ID, std::string(id).c_str());
  if (number < 0 || !bcf_hdr_idinfo_exists(header, line, number)) return std::nullopt;
  return number;
}

std::optional<int> find_contig(const bcf_hdr_t* header, std::string_view name) {
  const int number = bcf_hdr_id2int(header, BCF_DT_CTG, std::string(name).c_str());
  return number < 0 ? std::nullopt : std::optional(number);
}

VariantField field_of(const bcf_hdr_t* header, int line, int id) {
  VariantField field{.id = std::string(id_name(header, id)),
                     .type = type_of(bcf_hdr_id2type(header, line, id)),
                     .count = count_of(bcf_hdr_id2length(header, line, id))};
  if (field.count == VariantCount::fixed) field.fixed_count = static_cast<int>(bcf_hdr_id2number(header, line, id));
  field.description = description_of(bcf_hdr_id2hrec(header, BCF_DT_ID, line, id));
  return field;
}

std::string header_text(const bcf_hdr_t* header, bool with_numbers) {
  kstring_t formatted = {0, 0, nullptr};
  const int result = bcf_hdr_format(header, with_numbers ? 1 : 0, &formatted);
  std::string text(formatted.s == nullptr ? "" : formatted.s, formatted.l);
  std::free(formatted.s);
  if (result < 0) throw std::bad_alloc();
  while (text.ends_with('\0')) text.pop_back();
  return text;
}

std::uint32_t stored_samples(const bcf_hdr_t* header) {
  return static_cast<std::uint32_t>(header->keep_samples != nullptr ? header->nsamples_ori : bcf_hdr_nsamples(header));
}

std::string_view contig_name(const bcf_hdr_t* header, int contig) { return name_in(header, BCF_DT_CTG, contig); }

std::string_view id_name(const bcf_hdr_t* header, int id) { return name_in(header, BCF_DT_ID, id); }

}  // namespace anneal::io::hts
