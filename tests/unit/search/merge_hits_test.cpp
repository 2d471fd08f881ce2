#include "search/merge_hits.h"

#include <gtest/gtest.h>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::search {
namespace {

std::vector<Hit> random_hits(test::Random& random, std::uint32_t targets) {
  std::vector<Hit> hits;
  for (std::uint32_t target = 0; target < targets; ++target) {
    if (random.chance(0.7)) hits.push_back({random.between(1, 9), target});
  }
  std::ranges::sort(hits, is_better);
  return hits;
}

TEST(MergeHits, IsSortingAllOfThem) {
  test::Random random(test::seed_of("MergeHits"));
  for (int round = 0; round < 200; ++round) {
    const std::size_t top = 1 + random.below(30);
    std::vector<Hit> merged;
    std::vector<Hit> all;
    std::uint32_t first = 0;
    for (int part = 0; part < 4; ++part) {
      const auto targets = static_cast<std::uint32_t>(random.below(12));
      const std::vector<Hit> more = random_hits(random, targets);
      merge_hits(merged, more, first, top);
      for (const Hit& hit : more) all.push_back({hit.score, hit.target + first});
      first += targets;
    }
    std::ranges::sort(all, is_better);
    if (all.size() > top) all.resize(top);
    EXPECT_EQ(merged, all);
  }
}

TEST(MergeHits, KeepsQueriesApart) {
  std::vector<std::vector<Hit>> hits;
  merge_hits(hits, {{{5, 0}}, {}, {{3, 1}}}, 0, 2);
  merge_hits(hits, {{{7, 0}}, {{1, 2}}, {}}, 10, 2);
  EXPECT_EQ(hits, (std::vector<std::vector<Hit>>{{{7, 10}, {5, 0}}, {{1, 12}}, {{3, 1}}}));
}

}  // namespace
}  // namespace anneal::search
