// Letters are those that minimap2's macros read.
#include "map/minimap/packed_codes.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "map/minimap/library.h"

namespace anneal::map {
namespace {

TEST(PackedCodes, AreReadAsTheLibraryReadsThem) {
  std::mt19937_64 random(3);
  constexpr std::uint64_t length = 400;
  std::vector<std::uint32_t> packed(length / 8);
  for (std::uint64_t i = 0; i < length; ++i) mm_seq4_set(packed, i, random() % 5);
  for (std::uint64_t begin = 0; begin < 40; ++begin) {
    for (std::uint64_t end = begin; end <= length; ++end) {
      std::string codes(end - begin + 1, '#');
      unpack_codes(packed.data(), begin, end, codes.data());
      for (std::uint64_t i = begin; i < end; ++i) {
        ASSERT_EQ(static_cast<std::uint32_t>(codes[i - begin]), mm_seq4_get(packed, i)) << begin << ' ' << end;
      }
      ASSERT_EQ(codes.back(), '#');
    }
  }
}

}  // namespace
}  // namespace anneal::map
