#include "base/parse_size.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "anneal/error.h"
#include "base/text.h"

namespace anneal::base {
namespace {

std::optional<double> unit_bytes(const std::string& unit) {
  constexpr std::string_view prefixes = "kmgt";
  if (unit.empty() || unit == "b") return 1.0;
  const std::size_t prefix = prefixes.find(unit.front());
  const std::string_view rest = std::string_view(unit).substr(1);
  if (prefix == prefixes.npos || !(rest.empty() || rest == "b" || rest == "ib")) return std::nullopt;
  return std::ldexp(1.0, 10 * static_cast<int>(prefix + 1));
}

// Digits with at most one point; std::from_chars for double is missing from libc++ and strtod obeys the locale.
std::optional<double> parse_decimal(std::string_view text) {
  double value = 0;
  double place = 1;
  bool any_digit = false;
  bool fraction = false;
  for (const char c : text) {
    if (c == '.') {
      if (fraction) return std::nullopt;
      fraction = true;
      continue;
    }
    any_digit = true;
    if (fraction) place /= 10;
    value = fraction ? value + place * (c - '0') : value * 10 + (c - '0');
  }
  return any_digit ? std::optional(value) : std::nullopt;
}

}  // namespace

std::uint64_t parse_size(std::string_view text, std::string_view what) {
  constexpr double limit = 9223372036854775808.0;
  const std::string_view trimmed = trim(text);
  const std::size_t digits = std::min(trimmed.find_first_not_of("0123456789."), trimmed.size());
  const auto number = parse_decimal(trimmed.substr(0, digits));
  const auto unit = unit_bytes(to_lower(trim(trimmed.substr(digits))));
  if (!number || !unit) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} is {}: give bytes, or a number with K, M, G or T, such as 64M, 1.5G or 2GiB", what,
                            quote(text)));
  }
  const double bytes = *number * *unit;
  if (bytes >= limit) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} is {}: give less than 8388608T", what, quote(text)));
  }
  return static_cast<std::uint64_t>(bytes);
}

}  // namespace anneal::base
