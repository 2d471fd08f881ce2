#include "io/hts/variant_binary.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "io/hts/variant_definitions.h"

namespace anneal::io::hts {
namespace {

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

std::optional<std::string> find_defect(const bcf_hdr_t* header, bcf1_t* record) {
  const auto check = [header](int line, int id) -> std::optional<std::string> {
    const std::string_view name = id_name(header, id);
    if (!name.empty() && bcf_hdr_idinfo_exists(header, line, id)) return std::nullopt;
    return undefined(line, name.empty() ? fmt::format("number {}", id) : name);
  };
  if (contig_name(header, record->rid).empty()) return undefined(BCF_HL_CTG, fmt::format("number {}", record->rid));
  bcf_unpack(record, BCF_UN_FLT | BCF_UN_INFO);
  for (int i = 0; i < record->d.n_flt; ++i) {
    if (auto reason = check(BCF_HL_FLT, record->d.flt[i])) return reason;
  }
  for (std::uint32_t i = 0; i < record->n_info; ++i) {
    if (auto reason = check(BCF_HL_INFO, record->d.info[i].key)) return reason;
  }
  if (record->n_sample != stored_samples(header)) {
    return fmt::format("it has {} samples, and the header has {}; make the file again", +record->n_sample,
                       stored_samples(header));
  }
  bcf_unpack(record, BCF_UN_FMT);
  for (std::uint32_t i = 0; i < record->n_fmt; ++i) {
    const bcf_fmt_t& format = record->d.fmt[i];
    if (auto reason = check(BCF_HL_FMT, format.id)) return reason;
    const auto is_same = [&format](const bcf_fmt_t& other) { return other.id == format.id; };
    if (std::any_of(record->d.fmt, record->d.fmt + i, is_same)) {
      return fmt::format("it has FORMAT {} twice; make the file again with one of them",
                         base::quote(id_name(header, format.id)));
    }
    const bool is_integer = format.type >= BCF_BT_INT8 && format.type <= BCF_BT_INT32;
    if (format.type == BCF_BT_NULL || is_integer || id_name(header, format.id) != "GT") continue;
    return "its genotypes are no integers; make the file again";
  }
  return std::nullopt;
}

}  // namespace anneal::io::hts
