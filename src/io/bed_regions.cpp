#include "io/bed_regions.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "anneal/error.h"
#include "base/text.h"
#include "io/input.h"
#include "io/intervals/line_format.h"
#include "io/whole_lines.h"

namespace anneal::io {
namespace {

constexpr std::string_view blanks = "\t ";

std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(word.size());
  return word;
}

bool is_record(std::string_view line) { return bed_lines.kind_of(line) == LineKind::record; }

bool parse_position(std::string_view text, std::int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

}  // namespace

std::vector<Region> read_bed_regions(const std::string& path, const std::function<bool(std::string_view)>& is_contig) {
  WholeLines lines(open_input(path));
  std::vector<Region> regions;
  std::string_view line;
  for (std::uint64_t number = 1; lines.next(line); ++number) {
    line = base::trim(line);
    if (!is_record(line)) continue;
    const auto refuse = [&](const std::string& problem) {
      throw Error(ErrorCode::invalid_input, fmt::format("line {} of {} {}", number, lines.name(), problem));
    };
    const std::string_view name = take_word(line), begin = take_word(line), end = take_word(line);
    Region region{.contig = std::string(name)};
    if (!parse_position(begin, region.begin) || !parse_position(end, region.end) || region.begin > region.end) {
      refuse("is not what BED has: a name, a begin from 0, and an end that is not before it");
    }
    if (!is_contig(name))
      refuse(fmt::format("names the sequence {}, which the input lacks; remove it", base::quote(name)));
    if (region.begin < region.end) regions.push_back(region);
  }
  return regions;
}

}  // namespace anneal::io
