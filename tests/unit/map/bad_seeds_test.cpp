#include "map/bad_seeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace anneal::map {
namespace {

using testing::ElementsAre;

// Anchors of 20 letters that end at these places of the query, and so much further on the target.
std::vector<Anchor> chain_of(std::initializer_list<std::pair<int, int>> ends_and_shifts) {
  std::vector<Anchor> chain;
  for (const auto& [end, shift] : ends_and_shifts) {
    chain.push_back({.place = 0, .target_end = end + shift, .query_end = end, .span = 20});
  }
  return chain;
}

std::vector<std::size_t> ignored(const std::vector<Anchor>& chain) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (chain[i].is_ignored) found.push_back(i);
  }
  return found;
}

TEST(LongestUngapped, CoversMost) {
  const Stretch found = longest_ungapped(chain_of({{20, 0}, {30, 0}, {60, 1}, {90, 1}, {95, 1}, {120, 3}}));
  EXPECT_EQ(found.first, 2U);
  EXPECT_EQ(found.count, 3U);
}

TEST(LongestUngapped, TakesTheFirstOfEqualOnes) { EXPECT_EQ(longest_ungapped(chain_of({{20, 0}, {60, 5}})).first, 0U); }

TEST(WithoutBadEnds, CutsAnchorsBehindGapsLongerThanWhatIsOutside) {
  const auto chain = chain_of({{20, 0}, {50, 40}, {80, 40}, {110, 40}, {140, 40}, {170, 40}, {200, 110}});
  const Stretch good = without_bad_ends(chain, 500, 80, 140);
  EXPECT_EQ(good.first, 1U);
  EXPECT_EQ(good.count, 5U);
}

TEST(WithoutBadEnds, LooksNoFurtherThanTheBand) {
  const auto chain = chain_of({{20, 0}, {150, 0}, {300, 0}, {450, 400}, {600, 400}, {750, 400}});
  EXPECT_EQ(without_bad_ends(chain, 100, 80, 1000).count, 6U);
}

TEST(IgnoreDetours, IgnoresWhatLeavesTheDiagonalAndComesBack) {
  auto chain = chain_of({{100, 0}, {200, 50}, {240, 50}, {340, 0}, {440, 0}});
  ignore_detours(chain, 1000);
  EXPECT_THAT(ignored(chain), ElementsAre(1, 2));
}

TEST(IgnoreDetours, KeepsLongOnesAndLoneGaps) {
  auto chain = chain_of({{100, 0}, {200, 50}, {2400, 50}, {2500, 0}});
  ignore_detours(chain, 1000);
  EXPECT_THAT(ignored(chain), ElementsAre());
  chain = chain_of({{100, 0}, {200, 500}, {300, 500}});
  ignore_detours(chain, 1000);
  EXPECT_THAT(ignored(chain), ElementsAre());
}

TEST(JoinOverGaps, JoinsGapsLongerThanWhatLiesBetween) {
  auto chain = chain_of({{100, 0}, {200, 300}, {250, 300}, {350, 600}, {450, 600}});
  join_over_gaps(chain, 5000);
  EXPECT_THAT(ignored(chain), ElementsAre(1, 2));
  EXPECT_TRUE(chain[3].joins_far);
}

TEST(JoinOverGaps, KeepsWhatLiesBetweenShortGaps) {
  auto chain = chain_of({{100, 0}, {200, 40}, {500, 40}, {600, 80}});
  join_over_gaps(chain, 5000);
  EXPECT_THAT(ignored(chain), ElementsAre());
}

}  // namespace
}  // namespace anneal::map
