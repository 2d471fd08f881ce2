// The values of fields as BCF stores them.
#include <fmt/core.h>
#include <htslib/hts_endian.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/variant_storage.h"

namespace anneal::io::hts {
namespace {

[[noreturn]] void refuse_type(std::string_view id, std::string_view expected) {
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("the record stores {} as something else than the {} that its header says; make the file again",
                  base::quote(id), expected));
}

// Up to what marks the end of a vector that is shorter than others.
template <typename Read>
VariantIntegers integers(const std::uint8_t* bytes, int count, int size, std::int32_t missing, std::int32_t end,
                         Read read) {
  VariantIntegers values;
  for (int i = 0; i < count; ++i) {
    const std::int32_t value = read(bytes + i * size);
    if (value == end) break;
    values.push_back(value == missing ? std::nullopt : std::optional(value));
  }
  return values;
}

}  // namespace

VariantIntegers stored_integers(const std::uint8_t* bytes, int count, int type, std::string_view id) {
  switch (type) {
    case BCF_BT_NULL:
      return {};
    case BCF_BT_INT8:
      return integers(bytes, count, 1, bcf_int8_missing, bcf_int8_vector_end,
                      [](const std::uint8_t* byte) { return byte[0] < 128 ? byte[0] : byte[0] - 256; });
    case BCF_BT_INT16:
      return integers(bytes, count, 2, bcf_int16_missing, bcf_int16_vector_end, le_to_i16);
    case BCF_BT_INT32:
      return integers(bytes, count, 4, bcf_int32_missing, bcf_int32_vector_end, le_to_i32);
    default:
      refuse_type(id, "integers");
  }
}

VariantReals stored_reals(const std::uint8_t* bytes, int count, int type, std::string_view id) {
  if (type == BCF_BT_NULL) return {};
  if (type != BCF_BT_FLOAT) refuse_type(id, "floats");
  VariantReals values;
  for (int i = 0; i < count; ++i) {
    const std::uint32_t bits = le_to_u32(bytes + 4 * i);
    if (bits == bcf_float_vector_end) break;
    values.push_back(bits == bcf_float_missing ? std::nullopt : std::optional(std::bit_cast<float>(bits)));
  }
  return values;
}

std::optional<std::string> stored_text(const std::uint8_t* bytes, int count, int type, std::string_view id) {
  if (type == BCF_BT_NULL) return std::nullopt;
  if (type != BCF_BT_CHAR) refuse_type(id, "text");
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
  text.resize(std::strlen(text.c_str()));
  const bool is_missing = text.empty() || text == "." || text[0] == bcf_str_missing;
  return is_missing ? std::nullopt : std::optional(std::move(text));
}

Genotype stored_genotype(const std::uint8_t* bytes, int count, int type) {
  Genotype genotype;
  for (const auto& value : stored_integers(bytes, count, type, "GT")) {
    const std::int32_t stored = value.value_or(bcf_gt_missing);
    const bool phased = !genotype.empty() && bcf_gt_is_phased(stored) != 0;
    genotype.push_back({bcf_gt_is_missing(stored) ? std::nullopt : std::optional(bcf_gt_allele(stored)), phased});
  }
  return genotype;
}

std::string to_string(const Genotype& genotype) {
  std::string text;
  for (const GenotypeAllele& allele : genotype) {
    if (!text.empty()) text += allele.phased ? '|' : '/';
    text += allele.allele ? std::to_string(*allele.allele) : ".";
  }
  return text;
}

}  // namespace anneal::io::hts
