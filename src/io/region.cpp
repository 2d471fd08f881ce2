#include "anneal/io/region.h"

#include <fmt/core.h>

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
      fmt::format("{} is no region; write NAME, NAME:BEGIN or NAME:BEGIN-END, as chr1:1,001-2,000, counted from 1",
                  base::quote(text)));
}

std::optional<std::int64_t> position(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ',');
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
  return is_whole && value > 0 ? std::optional(value) : std::nullopt;
}

// The name, without braces, and the range behind it, if there is one.
struct Parts {
  std::string_view contig;
  std::optional<std::string_view> range;
};

Parts parts_of(std::string_view text, const std::function<bool(std::string_view)>& is_contig) {
  if (is_contig && is_contig(text)) return {text, std::nullopt};
  std::size_t colon = text.rfind(':');
  std::string_view contig = text.substr(0, colon);
  if (text.starts_with('{')) {
    const std::size_t brace = text.rfind('}');
    if (brace == std::string_view::npos) refuse(text);
    contig = text.substr(1, brace - 1);
    colon = brace + 1 == text.size() ? std::string_view::npos : brace + 1;
    if (colon < text.size() && text[colon] != ':') refuse(text);
  }
  if (contig.empty()) refuse(text);
  return {contig, colon == std::string_view::npos ? std::nullopt : std::optional(text.substr(colon + 1))};
}

}  // namespace

Region parse_region(std::string_view text, const std::function<bool(std::string_view)>& is_contig) {
  const Parts parts = parts_of(text, is_contig);
  Region region{.contig = std::string(parts.contig)};
  if (!parts.range) return region;
  const std::string_view range = *parts.range;
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

std::string to_string(const Region& region) {
  const bool has_colon = region.contig.find(':') != std::string::npos;
  std::string contig = has_colon ? fmt::format("{{{}}}", region.contig) : region.contig;
  if (region.begin == 0 && region.end == Region::to_end) return contig;
  if (region.end == Region::to_end) return fmt::format("{}:{}", contig, region.begin + 1);
  return fmt::format("{}:{}-{}", contig, region.begin + 1, region.end);
}

}  // namespace anneal::io
