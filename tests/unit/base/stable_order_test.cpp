#include "base/stable_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace anneal::base {
namespace {

void expect_sorted(const std::vector<std::uint64_t>& keys) {
  std::vector<std::size_t> expected(keys.size());
  std::iota(expected.begin(), expected.end(), std::size_t{0});
  std::ranges::stable_sort(expected, {}, [&](std::size_t index) { return keys[index]; });
  EXPECT_EQ(stable_order(keys), expected);
}

TEST(StableOrder, IsThatOfAStableSort) {
  std::mt19937_64 random;
  for (const std::size_t count : {0, 1, 2, 100, 5000}) {
    for (int bits = 1; bits <= 64; ++bits) {
      std::vector<std::uint64_t> keys(count);
      for (std::uint64_t& key : keys) key = random() >> (64 - bits) << (random() % 2 == 0 ? 0 : 64 - bits);
      expect_sorted(keys);
    }
  }
}

TEST(StableOrder, OfKeysThatDifferInAnyBit) {
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t other = std::uint64_t{1} << bit;
    expect_sorted({other, 0, other, ~std::uint64_t{0}, ~other, 0, ~other});
  }
}

}  // namespace
}  // namespace anneal::base
