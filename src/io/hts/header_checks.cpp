#include "io/hts/header_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/text.h"

namespace anneal::io::hts {
namespace {

bool is_length(std::string_view text) {
  std::int64_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  return error == std::errc() && end == text.data() + text.size() && length >= 1 && length <= longest_reference;
}

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// Of a line of a header, empty where it is not there.
std::string_view field_of(std::string_view line, std::string_view key) {
  const std::size_t found = line.find(key);
  if (found == std::string_view::npos) return {};
  const std::string_view value = line.substr(found + key.size());
  return value.substr(0, value.find_first_of("\t\r"));
}

}  // namespace

void check_reference_lengths(std::string_view header_text) {
  while (!header_text.empty()) {
    const std::string_view line = take_line(header_text);
    if (!line.starts_with("@SQ\t")) continue;
    const std::string_view length = field_of(line, "\tLN:");
    if (is_length(length)) continue;
    throw Error(ErrorCode::invalid_input,
                fmt::format("the header gives the sequence {} the length (LN) {}; a number of 1 to 2^62 is needed",
                            base::quote(field_of(line, "\tSN:")), base::quote(length)));
  }
}

std::string defect_of_header(std::string_view header_text) {
  constexpr std::size_t longest = 60;
  std::set<std::pair<std::string_view, std::string_view>> names;
  for (int number = 1; !header_text.empty(); ++number) {
    const std::string_view line = take_line(header_text);
    const std::string_view type = line.substr(0, line.find_first_of("\t\r"));
    const bool is_line = type.size() == 3 && type[0] == '@';
    const std::string_view name = field_of(line, type == "@SQ" ? "\tSN:" : "\tID:");
    const bool has_name = type == "@SQ" || type == "@RG" || type == "@PG";
    if (!is_line || (has_name && name.empty())) {
      return fmt::format("line {} is {}", number, base::quote(line.substr(0, longest)));
    }
    if (has_name && !names.emplace(type, name).second) {
      return fmt::format("line {} is the second {} line of {}", number, type, base::quote(name));
    }
  }
  return {};
}

bool has_program_cycle(sam_hdr_t* header) {
  const int count = std::max(sam_hdr_count_lines(header, "PG"), 0);
  std::unordered_map<std::string, std::string> previous;
  std::unordered_map<std::string, int> followers;
  for (int i = 0; i < count; ++i) {
    Text name, before;
    if (sam_hdr_find_tag_pos(header, "PG", i, "ID", name.get()) != 0) continue;
    if (sam_hdr_find_tag_pos(header, "PG", i, "PP", before.get()) != 0) continue;
    previous.emplace(name.view(), before.view());
    ++followers[std::string(before.view())];
  }
  // Those that nothing follows are taken away, until none is left or all are in cycles.
  std::vector<std::string> last;
  for (const auto& [name, before] : previous) {
    if (!followers.contains(name)) last.push_back(name);
  }
  while (!last.empty()) {
    const auto found = previous.find(last.back());
    last.pop_back();
    if (found == previous.end()) continue;
    if (--followers[found->second] == 0) last.push_back(found->second);
    previous.erase(found);
  }
  return !previous.empty();
}

}  // namespace anneal::io::hts
