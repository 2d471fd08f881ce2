#include "map/minimap/packed_codes.h"

#include <algorithm>
#include <array>

namespace anneal::map {
namespace {

constexpr std::uint64_t codes_per_word = 8;

// One in each byte, the first one lowest.
std::uint64_t spread(std::uint64_t word) {
  word = (word | word << 16) & 0x0000ffff0000ffffu;
  word = (word | word << 8) & 0x00ff00ff00ff00ffu;
  return (word | word << 4) & 0x0f0f0f0f0f0f0f0fu;
}

std::array<char, codes_per_word> unpacked(std::uint32_t word) {
  const std::uint64_t bytes = spread(word);
  std::array<char, codes_per_word> codes;
  for (std::size_t k = 0; k < codes.size(); ++k) codes[k] = static_cast<char>(bytes >> 8 * k & 0xff);
  return codes;
}

}  // namespace

void unpack_codes(const std::uint32_t* packed, std::uint64_t begin, std::uint64_t end, char* codes) {
  while (begin < end) {
    const std::array<char, codes_per_word> some = unpacked(packed[begin / codes_per_word]);
    const std::uint64_t first = begin % codes_per_word, count = std::min(codes_per_word - first, end - begin);
    if (count == codes_per_word) {
      std::copy_n(some.data(), codes_per_word, codes);
    } else {
      std::copy_n(some.data() + first, count, codes);
    }
    codes += count;
    begin += count;
  }
}

}  // namespace anneal::map
