#include "io/header.h"

#include "io/letters.h"

namespace anneal::io {
namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

// Headers are short: a plain loop beats the library's searches.
std::size_t skip(std::string_view line, std::size_t position, bool blanks) {
  while (position < line.size() && is_blank(line[position]) == blanks) ++position;
  return position;
}

}  // namespace

Header split_header(std::string_view line) {
  const std::size_t name_begin = skip(line, 0, true);
  const std::size_t name_end = skip(line, name_begin, false);
  const std::size_t comment_begin = skip(line, name_end, true);
  return {.name = line.substr(name_begin, name_end - name_begin), .comment = line.substr(comment_begin)};
}

bool is_clean(std::string_view line, const Header& header) {
  return find_bad_byte(header.name, is_no_control) == std::string_view::npos &&
         line.find('\0') == std::string_view::npos;
}

}  // namespace anneal::io
