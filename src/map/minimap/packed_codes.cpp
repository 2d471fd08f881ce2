#include "map/minimap/packed_codes.h"

#include <array>
#include <cstring>

namespace anneal::map {
namespace {

constexpr std::uint64_t codes_per_word = 8;
constexpr unsigned bits_per_code = 4;

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
  for (; begin + codes_per_word <= end; begin += codes_per_word, codes += codes_per_word) {
    const std::uint32_t* const word = packed + begin / codes_per_word;
    const auto skipped = static_cast<unsigned>(begin % codes_per_word) * bits_per_code;
    const std::uint32_t whole = skipped == 0 ? word[0] : word[0] >> skipped | word[1] << (32 - skipped);
    const std::array<char, codes_per_word> some = unpacked(whole);
    std::memcpy(codes, some.data(), codes_per_word);
  }
  for (; begin < end; ++begin, ++codes) {
    const std::uint32_t word = packed[begin / codes_per_word];
    *codes = static_cast<char>(word >> begin % codes_per_word * bits_per_code & 0xf);
  }
}

}  // namespace anneal::map
