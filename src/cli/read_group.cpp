#include "cli/read_group.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "anneal/error.h"
#include "base/text.h"

namespace anneal::cli {
namespace {

constexpr std::string_view begin = "@RG\t", fix = "give a line such as '@RG\\tID:run1\\tSM:ann'";

std::string with_tabs(std::string_view text) {
  std::string line(text);
  for (std::size_t at = 0; (at = line.find("\\t", at)) != std::string::npos; ++at) line.replace(at, 2, 1, '\t');
  return line;
}

bool is_letter(char c) { return base::to_lower(c) >= 'a' && base::to_lower(c) <= 'z'; }

bool is_control(char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7f'; }

bool is_field(std::string_view field) {
  return field.size() > 3 && is_letter(field[0]) && (is_letter(field[1]) || (field[1] >= '0' && field[1] <= '9')) &&
         field[2] == ':';
}

// Why the line is none, with the fix; empty where it is one.
std::string defect_of(std::string_view line) {
  if (const auto found = std::ranges::find_if(line, is_control); found != line.end()) {
    return fmt::format("has a byte {:#04x}, and is to be one line of printable characters; leave that out", *found);
  }
  if (!line.starts_with(begin)) return fmt::format("does not begin with @RG and a tab (\\t); {}", fix);
  std::vector<std::string_view> keys;
  for (std::size_t at = begin.size() - 1; at != std::string_view::npos;) {
    const std::size_t end = line.find('\t', at + 1);
    const std::string_view field = line.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
    if (!is_field(field)) return fmt::format("{} is no field such as ID:run1; {}", base::quote(field), fix);
    const std::string_view key = field.substr(0, 2);
    if (std::ranges::count(keys, key) > 0) return fmt::format("has the field {} twice; leave one of them out", key);
    keys.push_back(key);
    at = end;
  }
  return std::ranges::count(keys, "ID") > 0 ? "" : fmt::format("has no ID; {}", fix);
}

}  // namespace

ReadGroupLine parse_read_group(std::string_view text) {
  ReadGroupLine group{.line = with_tabs(text), .id = {}};
  const std::string defect = defect_of(group.line);
  if (!defect.empty()) throw Error(ErrorCode::invalid_argument, fmt::format("-R {}: {}", base::quote(text), defect));
  const std::string_view key = "\tID:";
  const std::size_t id = group.line.find(key) + key.size();
  group.id = group.line.substr(id, group.line.find('\t', id) - id);
  return group;
}

}  // namespace anneal::cli
