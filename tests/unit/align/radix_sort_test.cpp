#include "align/radix_sort.h"

#include <gtest/gtest.h>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::align {
namespace {

TEST(RadixSort, SortsByTheBitsOfAMaskAndKeepsTheOrderOfEquals) {
  test::Random random(test::seed_of("RadixSort"));
  RadixSort radix;
  for (const std::size_t count : {0, 1, 2, 31, 32, 33, 500, 64}) {
    for (const std::uint64_t mask : {~std::uint64_t{0}, ~std::uint64_t{0} << 12, std::uint64_t{0xFFFF} << 12,
                                     std::uint64_t{1} << 63 | 0x10, std::uint64_t{0}}) {
      std::vector<std::uint64_t> numbers(count);
      // Few different ones of each part, so that there are equals.
      for (auto& number : numbers) number = random.below(8) << 61 | random.below(1 << 12) << 10 | random.below(1 << 12);
      std::vector<std::pair<std::uint64_t, std::size_t>> expected;  // by place, where equal
      for (const std::uint64_t number : numbers) expected.emplace_back(number & mask, expected.size());
      std::ranges::sort(expected);
      std::vector<std::uint64_t> sorted = numbers;
      radix.sort(sorted, mask);
      for (std::size_t k = 0; k < count; ++k) {
        EXPECT_EQ(sorted[k], numbers[expected[k].second]) << count << " by " << mask;
      }
    }
  }
}

}  // namespace
}  // namespace anneal::align
