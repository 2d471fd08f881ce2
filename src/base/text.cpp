#include "base/text.h"

#include <algorithm>

#include "base/append_format.h"

namespace anneal::base {

std::string to_upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = to_upper(c);
  return result;
}

std::string to_lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = to_lower(c);
  return result;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const std::size_t begin = text.find_first_not_of(blanks);
  return begin == text.npos ? std::string_view{} : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::string quote(std::string_view text) {
  constexpr std::size_t longest = 64;
  std::string result = "'";
  for (const char c : text.substr(0, longest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      base::append_format(result, "\\x{:02x}", byte);
    } else {
      result += c;
    }
  }
  result += text.size() > longest ? "...'" : "'";
  return result;
}

}  // namespace anneal::base
