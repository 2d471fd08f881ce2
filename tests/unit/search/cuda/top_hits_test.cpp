#include "search/cuda/top_hits.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/random.h"

namespace anneal::search::cuda {
namespace {

std::vector<std::uint32_t> bins_of(const std::vector<std::int32_t>& scores) {
  std::vector<std::uint32_t> bins(score_bins, 0);
  for (const std::int32_t score : scores) ++bins[bin_of(score)];
  return bins;
}

std::int32_t lowest_of(const std::vector<std::uint32_t>& bins, std::int32_t least, std::uint32_t top) {
  std::uint32_t sums[bin_groups] = {};
  for (std::uint32_t bin = 0; bin < score_bins; ++bin) sums[bin / bins_per_group] += bins[bin];
  return lowest_wanted(bins.data(), sums, least, top);
}

TEST(TopHits, WantsTheBestAndNoneBelowTheLeast) {
  const std::vector<std::uint32_t> bins = bins_of({7, 7, 5, 3, 0, 9});
  EXPECT_EQ(lowest_of(bins, 1, 1), 9);
  EXPECT_EQ(lowest_of(bins, 1, 2), 7);
  EXPECT_EQ(lowest_of(bins, 1, 3), 7);
  EXPECT_EQ(lowest_of(bins, 1, 4), 5);
  EXPECT_EQ(lowest_of(bins, 1, 5), 3);
  EXPECT_EQ(lowest_of(bins, 1, 6), 1);
  EXPECT_EQ(lowest_of(bins, 6, 5), 6);
  EXPECT_EQ(lowest_of(bins, 100, 1), 100);
}

TEST(TopHits, WantsAllThatShareTheHighestBin) {
  const std::vector<std::uint32_t> bins = bins_of({60000, 5000, highest_bin, highest_bin - 1});
  EXPECT_EQ(lowest_of(bins, 1, 1), highest_bin);
  EXPECT_EQ(lowest_of(bins, 1, 3), highest_bin);
  EXPECT_EQ(lowest_of(bins, 1, 4), highest_bin - 1);
  EXPECT_EQ(lowest_of(bins, 55555, 3), 55555);
}

TEST(TopHits, WantsNoScoreThatFewerHave) {
  test::Random random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::int32_t> scores;
    for (int k = random.between(1, 300); k > 0; --k) {
      scores.push_back(random.chance(0.02) ? overflowed : random.between(0, random.chance(0.5) ? 70 : 6000));
    }
    const int least = random.between(1, 80), top = random.between(1, 320);
    std::vector<std::int32_t> order = scores;
    std::ranges::sort(order, std::greater());
    const std::int32_t last = top <= static_cast<int>(order.size()) ? order[static_cast<std::size_t>(top - 1)] : 0;
    EXPECT_EQ(lowest_of(bins_of(scores), least, static_cast<std::uint32_t>(top)),
              std::max(least, std::min(last, highest_bin)));
  }
}

TEST(TopHits, SortsByScoreThenTarget) {
  std::vector<Hit> hits{{5, 3}, {9, 8}, {5, 1}, {9, 2}, {1, 0}};
  sort_hits(hits, 3);
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_EQ(hits[0].target, 2u);
  EXPECT_EQ(hits[1].target, 8u);
  EXPECT_EQ(hits[2].target, 1u);
  sort_hits(hits, 100);
  EXPECT_EQ(hits.size(), 3u);
}

}  // namespace
}  // namespace anneal::search::cuda
