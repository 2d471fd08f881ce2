// Which bytes may stand where in sequence files. The loops are plain so that compilers vectorise them.
#pragma once

#include <cstddef>
#include <string_view>

namespace anneal::io {

inline bool is_sequence_letter(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return static_cast<unsigned char>((value | 0x20u) - 'a') < 26 || value == '*';
}

inline bool is_quality_letter(char byte) {
  return static_cast<unsigned char>(static_cast<unsigned char>(byte) - '!') <= '~' - '!';
}

inline bool is_no_control(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x20 && value != 0x7f;
}

/// Offset of the first byte for which `is_good` is false, or npos.
template <typename Predicate>
std::size_t find_bad_byte(std::string_view text, Predicate is_good) {
  unsigned char bad = 0;
  for (const char byte : text) bad = static_cast<unsigned char>(bad | (is_good(byte) ? 0 : 1));
  if (bad == 0) return std::string_view::npos;
  std::size_t position = 0;
  while (is_good(text[position])) ++position;
  return position;
}

}  // namespace anneal::io
