#include "base/linux/procfs.h"

#include <charconv>
#include <fstream>

#include "base/text.h"

namespace anneal::base {

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
  return lines;
}

std::optional<std::string> read_first_line(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::string line;
  return std::getline(in, line) ? std::optional(std::move(line)) : std::nullopt;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> read_number(const std::filesystem::path& path) {
  const auto line = read_first_line(path);
  return line ? parse_number(trim(*line)) : std::nullopt;
}

std::optional<std::uint64_t> read_field(const std::filesystem::path& path, std::string_view key) {
  for (const std::string& line : read_lines(path)) {
    std::string_view rest = line;
    if (!rest.starts_with(key)) continue;
    rest.remove_prefix(key.size());
    if (rest.starts_with(':')) rest.remove_prefix(1);
    if (!rest.starts_with(' ')) continue;
    rest = trim(rest);
    const bool kib = rest.ends_with(" kB");
    const auto value = parse_number(trim(kib ? rest.substr(0, rest.size() - 3) : rest));
    return value && kib ? *value * 1024 : value;
  }
  return std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    fields.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return fields;
}

}  // namespace anneal::base
