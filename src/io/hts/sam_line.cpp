#include "io/hts/sam_line.h"

#include <fmt/core.h>
#include <htslib/hts.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>

#include "base/text.h"

namespace anneal::io::hts {
namespace {

struct Range {
  std::int64_t least, most;
};

template <typename Number>
constexpr Range range_of() {
  return {std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max()};
}

std::string_view take(std::string_view& rest, char end) {
  const std::string_view taken = rest.substr(0, rest.find(end));
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

template <typename Number>
bool is_number(std::string_view text, Number& number) {
  if (text.starts_with('+') && text.size() > 1 && text[1] != '-') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_within(std::string_view text, const Range& range) {
  std::int64_t number = 0;
  return is_number(text, number) && number >= range.least && number <= range.most;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t take_digits(std::string_view& rest) {
  const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_digit) - rest.begin());
  rest.remove_prefix(digits);
  return digits;
}

void take_sign(std::string_view& rest) {
  if (rest.starts_with('+') || rest.starts_with('-')) rest.remove_prefix(1);
}

// Also what programs print of floats that are no numbers. Not std::from_chars, which macOS lacks for double.
bool is_real(std::string_view rest) {
  take_sign(rest);
  const std::string word = base::to_lower(rest.substr(0, 4));
  if (word == "inf" || word == "nan") return true;
  std::size_t digits = take_digits(rest);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    digits += take_digits(rest);
  }
  if (digits > 0 && (rest.starts_with('e') || rest.starts_with('E'))) {
    rest.remove_prefix(1);
    take_sign(rest);
    digits = take_digits(rest);
  }
  return digits > 0 && rest.empty();
}

constexpr auto is_base = [] {
  std::array<bool, 256> allowed{};
  for (unsigned char c = 'A'; c <= 'Z'; ++c) allowed[c] = allowed[c + ('a' - 'A')] = true;
  allowed['='] = allowed['.'] = true;
  return allowed;
}();

bool has_bases(std::string_view sequence) {
  return sequence == "*" ||
         std::ranges::all_of(sequence, [](char c) { return is_base[static_cast<unsigned char>(c)]; });
}

bool is_visible(char c) { return c >= '!' && c <= '~'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

bool is_element(std::string_view text, char type) {
  switch (type) {
    case 'c':
      return is_within(text, range_of<std::int8_t>());
    case 'C':
      return is_within(text, range_of<std::uint8_t>());
    case 's':
      return is_within(text, range_of<std::int16_t>());
    case 'S':
      return is_within(text, range_of<std::uint16_t>());
    case 'i':
      return is_within(text, range_of<std::int32_t>());
    case 'I':
      return is_within(text, range_of<std::uint32_t>());
    default:
      return type == 'f' && is_real(text);
  }
}

bool is_array(std::string_view value) {
  constexpr std::string_view types = "cCsSiIf";
  const std::string_view type = take(value, ',');
  if (type.size() != 1 || types.find(type[0]) == types.npos) return false;
  while (!value.empty()) {
    if (!is_element(take(value, ','), type[0])) return false;
  }
  return true;
}

bool is_value(char type, std::string_view value) {
  switch (type) {
    case 'A':
      return value.size() == 1 && is_visible(value[0]);
    case 'i':
      return is_within(value, {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::uint32_t>::max()});
    case 'f':
    case 'd':
      return is_real(value);
    case 'Z':
      return true;
    case 'H':
      return value.size() % 2 == 0 && std::ranges::all_of(value, is_hex_digit);
    default:
      return type == 'B' && is_array(value);
  }
}

bool is_tag(std::string_view field) {
  constexpr std::size_t head = 5;  // as in NM:i:
  return field.size() >= head && is_letter(field[0]) && (is_letter(field[1]) || is_digit(field[1])) &&
         field[2] == ':' && field[4] == ':' && is_value(field[3], field.substr(head));
}

std::string describe(std::string_view field, std::string_view value, std::string_view allowed) {
  constexpr std::size_t longest = 60;
  const bool is_long = value.size() > longest;
  return fmt::format("{} {}{}: {}", field, base::quote(value.substr(0, longest)), is_long ? "..." : "", allowed);
}

struct NumberField {
  std::string_view name;
  Range range;
};

std::string number_defect(const NumberField& field, std::string_view value) {
  if (is_within(value, field.range)) return {};
  return describe(field.name, value, fmt::format("{} to {} is allowed", field.range.least, field.range.most));
}

}  // namespace

std::string defect_of_sam_line(std::string_view line) {
  constexpr int fields_before_tags = 11;
  if (std::ranges::count(line, '\t') < fields_before_tags - 1) return {};
  constexpr Range positions = {0, HTS_POS_MAX};
  std::string defect;
  const auto check = [&](const NumberField& field) {
    const std::string_view value = take(line, '\t');
    if (defect.empty()) defect = number_defect(field, value);
  };
  if (take(line, '\t').empty()) return "QNAME '': a name, or * for none, is needed";
  check({"FLAG", range_of<std::uint16_t>()});
  take(line, '\t');  // RNAME
  check({"POS", positions});
  check({"MAPQ", range_of<std::uint8_t>()});
  take(line, '\t');  // CIGAR, which htslib checks
  take(line, '\t');  // RNEXT
  check({"PNEXT", positions});
  check({"TLEN", {-HTS_POS_MAX, HTS_POS_MAX}});
  if (!defect.empty()) return defect;
  const std::string_view sequence = take(line, '\t');
  if (!has_bases(sequence)) return describe("SEQ", sequence, "letters, = and . are allowed, or * for none");
  const std::string_view qualities = take(line, '\t');
  if (!std::ranges::all_of(qualities, is_visible)) return describe("QUAL", qualities, "bytes from ! to ~ are allowed");
  while (!line.empty()) {
    const std::string_view tag = take(line, '\t');
    if (!is_tag(tag)) {
      return describe("tag", tag, "a name, a type of A, i, f, Z, H and B, and a value of that type is needed");
    }
  }
  return {};
}

}  // namespace anneal::io::hts
