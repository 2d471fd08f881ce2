#include "map/minimap/sort_pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::map {
namespace {

TEST(SortPairs, OrdersAnchorsAsMinimap2Does) {
  test::Random random(test::seed_of("SortPairs"));
  for (int round = 0; round < 2000; ++round) {
    // Few places give equal ones, whose order counts.
    const auto places = std::uint64_t{1} << random.between(1, 30);
    std::vector<mm128_t> anchors(static_cast<std::size_t>(random.between(0, round % 10 == 0 ? 3000 : 100)));
    for (std::size_t i = 0; i < anchors.size(); ++i) {
      const auto strand = static_cast<std::uint64_t>(random.between(0, 1)) << 63;
      const auto target = static_cast<std::uint64_t>(random.between(0, 5)) << 32;
      const auto position = static_cast<std::uint64_t>(random.between(0, 1 << 30)) % places;
      anchors[i] = {.x = strand | target | position, .y = i};
    }
    if (round % 7 == 0) std::ranges::sort(anchors, std::ranges::greater(), &mm128_t::x);
    std::vector<mm128_t> expected = anchors;
    radix_sort_128x(expected.data(), expected.data() + expected.size());
    sort_pairs(anchors);
    for (std::size_t i = 0; i < anchors.size(); ++i) {
      ASSERT_EQ(anchors[i].x, expected[i].x);
      ASSERT_EQ(anchors[i].y, expected[i].y);
    }
  }
}

TEST(SortPairs, OrdersScoresAsMinimap2Does) {
  test::Random random(test::seed_of("SortPairs.Scores"));
  for (int round = 0; round < 300; ++round) {
    const int highest = 1 << random.between(0, 16);
    std::vector<mm128_t> scores(static_cast<std::size_t>(random.between(0, 5000)));
    for (std::size_t i = 0; i < scores.size(); ++i) {
      scores[i] = {.x = static_cast<std::uint64_t>(random.between(0, highest)), .y = i};
    }
    std::vector<mm128_t> expected = scores;
    radix_sort_128x(expected.data(), expected.data() + expected.size());
    sort_pairs(scores);
    for (std::size_t i = 0; i < scores.size(); ++i) ASSERT_EQ(scores[i].y, expected[i].y) << i;
  }
}

}  // namespace
}  // namespace anneal::map
