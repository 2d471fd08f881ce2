#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "anneal/error.h"
#include "anneal/io/alignment_record.h"
#include "base/text.h"

namespace anneal::io {
namespace {

struct FlagName {
  std::string_view name;  // samtools'
  AlignmentFlag flag;
};

constexpr FlagName names[] = {
    {"PAIRED", flag_paired},         {"PROPER_PAIR", flag_proper_pair}, {"UNMAP", flag_unmapped},
    {"MUNMAP", flag_mate_unmapped},  {"REVERSE", flag_reverse},         {"MREVERSE", flag_mate_reverse},
    {"READ1", flag_first_of_pair},   {"READ2", flag_last_of_pair},      {"SECONDARY", flag_secondary},
    {"QCFAIL", flag_quality_failed}, {"DUP", flag_duplicate},           {"SUPPLEMENTARY", flag_supplementary},
};

std::optional<std::uint16_t> parse_number(std::string_view text) {
  constexpr int decimal = 10, hexadecimal = 16;
  const bool is_hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = text.substr(is_hexadecimal ? 2 : 0);
  std::uint16_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hexadecimal ? hexadecimal : decimal);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::uint16_t parse_alignment_flags(std::string_view text) {
  if (const auto number = parse_number(text)) return *number;
  std::uint16_t flags = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto* const found =
        std::ranges::find(names, base::to_upper(text.substr(begin, end - begin)), &FlagName::name);
    if (found == std::end(names)) {
      throw Error(
          ErrorCode::invalid_argument,
          fmt::format("{} are no flags: give a number in 0..65535 such as 0x904, or some of PAIRED, PROPER_PAIR, "
                      "UNMAP, MUNMAP, REVERSE, MREVERSE, READ1, READ2, SECONDARY, QCFAIL, DUP and SUPPLEMENTARY "
                      "with commas between them",
                      base::quote(text)));
    }
    flags = static_cast<std::uint16_t>(flags | found->flag);
    begin = end + 1;
  }
  return flags;
}

}  // namespace anneal::io
