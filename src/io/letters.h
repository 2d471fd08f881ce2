// Which bytes may stand where in sequence files. The loops are plain, and the tests are objects, so that compilers
// inline and vectorise them.
#pragma once

#include <cstddef>
#include <string_view>

namespace anneal::io {

inline constexpr auto is_sequence_letter = [](char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return static_cast<unsigned char>((value | 0x20u) - 'a') < 26 || value == '*';
};

inline constexpr auto is_quality_letter = [](char byte) {
  return static_cast<unsigned char>(static_cast<unsigned char>(byte) - '!') <= '~' - '!';
};

inline constexpr auto is_no_control = [](char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x20 && value != 0x7f;
};

/// Offset of the first byte for which `is_good` is false, or npos.
template <typename Predicate>
std::size_t find_bad_byte(std::string_view text, Predicate is_good) {
  constexpr std::size_t block = 16;
  unsigned char bad = 0;
  const auto look_at = [&](const char* bytes, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) bad = static_cast<unsigned char>(bad | (is_good(bytes[k]) ? 0 : 1));
  };
  // What is left behind whole blocks is looked at with the letters before it, as a block.
  if (text.size() >= block) {
    look_at(text.data(), text.size() / block * block);
    look_at(text.data() + text.size() - block, block);
  } else {
    look_at(text.data(), text.size());
  }
  if (bad == 0) return std::string_view::npos;
  std::size_t position = 0;
  while (is_good(text[position])) ++position;
  return position;
}

}  // namespace anneal::io
