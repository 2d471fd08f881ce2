#include "msl/lexer.h"

#include <cctype>
#include <charconv>

namespace metal_emulator {
namespace {

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]))) ++at;
  return at;
}

std::size_t end_of_number(std::string_view text, std::size_t at) {
  const auto is_exponent = [&](std::size_t k) {
    return (text[k] == '+' || text[k] == '-') && std::string_view("eEpP").find(text[k - 1]) != std::string_view::npos;
  };
  while (at < text.size() &&
         (is_letter(text[at]) || is_digit(text[at]) || text[at] == '.' || text[at] == '\'' || is_exponent(at))) {
    ++at;
  }
  return at;
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return at < text.size() ? at + 1 : text.size();
}

struct Marker {
  int line;
  std::string file;
};

// `# 12 "file"`, and whatever follows.
bool parse_marker(std::string_view line, Marker& marker) {
  if (line.substr(0, 2) != "# " || line.size() < 3 || !is_digit(line[2])) return false;
  const auto [end, error] = std::from_chars(line.data() + 2, line.data() + line.size(), marker.line);
  const std::size_t quote = line.find('"', static_cast<std::size_t>(end - line.data()));
  if (error != std::errc{} || quote == std::string_view::npos) return false;
  marker.file = line.substr(quote + 1, line.find('"', quote + 1) - quote - 1);
  return true;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  bool is_line_start = true;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (is_space(c)) {
      is_line_start = is_line_start || c == '\n';
      ++at;
      continue;
    }
    if (c == '#' && is_line_start) {
      while (at < text.size() && text[at] != '\n') ++at;
      continue;
    }
    is_line_start = false;
    const bool is_word = is_letter(c);
    const std::size_t end = is_word                 ? end_of_word(text, at)
                            : is_digit(c)           ? end_of_number(text, at)
                            : c == '"' || c == '\'' ? end_of_quoted(text, at)
                                                    : at + 1;
    tokens.push_back({text.substr(at, end - at), at, end, is_word});
    at = end;
  }
  return tokens;
}

std::string described_place(std::string_view text, std::size_t offset) {
  Marker at{1, "program_source"};
  std::size_t line_begin = 0;
  for (;;) {
    const std::size_t line_end = text.find('\n', line_begin);
    if (line_end == std::string_view::npos || line_end >= offset) break;
    if (!parse_marker(text.substr(line_begin, line_end - line_begin), at)) ++at.line;
    line_begin = line_end + 1;
  }
  return at.file + ":" + std::to_string(at.line) + ":" + std::to_string(offset - line_begin + 1);
}

}  // namespace metal_emulator
