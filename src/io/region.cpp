#include "anneal/io/region.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "anneal/error.h"
#include "base/text.h"

namespace anneal::io {
namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("{} is no region; write chr1, chr1:1000 or chr1:1000-2000, counted from 1", base::quote(text)));
}

std::optional<std::int64_t> position(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ',');
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  return is_whole && value > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

GenomicRegion parse_region(std::string_view text, const std::function<bool(std::string_view)>& is_contig) {
  const std::size_t colon = text.rfind(':');
  if (text.empty() || colon == 0) refuse(text);
  if (colon == std::string_view::npos || (is_contig && is_contig(text))) return {.contig = std::string(text)};

  GenomicRegion region{.contig = std::string(text.substr(0, colon))};
  const std::string_view range = text.substr(colon + 1);
  const std::size_t dash = range.find('-');
  const std::string_view first = range.substr(0, dash);
  const std::string_view last = dash == std::string_view::npos ? "" : range.substr(dash + 1);
  if (first.empty() && last.empty()) refuse(text);
  if (!first.empty()) {
    const auto begin = position(first);
    if (!begin) refuse(text);
    region.begin = *begin - 1;
  }
  if (!last.empty()) {
    const auto end = position(last);
    if (!end) refuse(text);
    region.end = *end;
  }
  if (region.begin >= region.end) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} ends before it begins; write the smaller position first", base::quote(text)));
  }
  return region;
}

std::string to_string(const GenomicRegion& region) {
  if (region.begin == 0 && region.end == GenomicRegion::to_end) return region.contig;
  if (region.end == GenomicRegion::to_end) return fmt::format("{}:{}", region.contig, region.begin + 1);
  return fmt::format("{}:{}-{}", region.contig, region.begin + 1, region.end);
}

}  // namespace anneal::io
