// Chains are those of minimap2's mg_lchain_dp().
#include "map/minimap/chain_links.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace anneal::map {
namespace {

class ChainLinks : public testing::Test {
 protected:
  int draw(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  mm128_t anchor(std::uint64_t place, int target, int query, int span, int segment) {
    return {.x = place << 32 | static_cast<std::uint64_t>(target),
            .y = static_cast<std::uint64_t>(segment) << MM_SEED_SEG_SHIFT | static_cast<std::uint64_t>(span) << 32 |
                 static_cast<std::uint64_t>(query)};
  }

  // Stretches near diagonals, some of which cross, repeat or touch, and strays.
  std::vector<mm128_t> draw_anchors(int segments) {
    std::vector<mm128_t> anchors;
    const int stretches = draw(0, 5), spread = draw(0, 1) == 0 ? 300 : 4000;
    for (int i = 0; i < stretches; ++i) {
      const std::uint64_t place = static_cast<std::uint64_t>(draw(0, 2)) | std::uint64_t{draw(0, 3) == 0} << 31;
      const int span = draw(0, 3) == 0 ? draw(15, 60) : 21, segment = draw(0, segments - 1), length = draw(1, 40);
      int target = draw(100, 100 + spread), query = draw(100, 100 + spread / 2);
      for (int k = 0; k < length; ++k) {
        anchors.push_back(anchor(place, target, query, span, segment));
        const int step = draw(1, 12);
        target += step + (draw(0, 9) == 0 ? draw(-step, 30) : 0);
        query += step + (draw(0, 9) == 0 ? draw(-step, 30) : 0);
      }
    }
    for (int i = draw(0, 10); i > 0; --i) {
      anchors.push_back(
          anchor(static_cast<std::uint64_t>(draw(0, 2)), draw(50, 6000), draw(50, 2000), 21, draw(0, segments - 1)));
    }
    std::ranges::sort(anchors, {}, &mm128_t::x);
    return anchors;
  }

  ChainLimits draw_limits() {
    return {.longest_target_gap = draw(0, 1) == 0 ? 800 : 100,
            .longest_query_gap = draw(0, 1) == 0 ? 300 : 100,
            .band = draw(0, 1) == 0 ? 100 : 500,
            .most_skips = draw(0, 2) == 0 ? draw(0, 3) : 25,
            .most_steps = draw(0, 2) == 0 ? draw(2, 20) : 5000,
            .min_anchors = draw(1, 4),
            .min_score = draw(20, 60),
            .gap_penalty = 0.01F * static_cast<float>(draw(0, 100)),
            .skip_penalty = draw(0, 2) == 0 ? 0.05F : 0,
            .segments = draw(1, 2)};
  }

  mm128_t* copy_of(const std::vector<mm128_t>& anchors) {
    auto* const copy = static_cast<mm128_t*>(kmalloc(pool_.get(), anchors.size() * sizeof(mm128_t)));
    std::ranges::copy(anchors, copy);
    return copy;
  }

  ChainSet of_library(const std::vector<mm128_t>& anchors, const ChainLimits& limits) {
    ChainSet set;
    set.anchors = mg_lchain_dp(limits.longest_target_gap, limits.longest_query_gap, limits.band, limits.most_skips,
                               limits.most_steps, limits.min_anchors, limits.min_score, limits.gap_penalty,
                               limits.skip_penalty, 0, limits.segments, static_cast<std::int64_t>(anchors.size()),
                               copy_of(anchors), &set.count, &set.chains, pool_.get());
    return set;
  }

  void expect_equal(const ChainSet& set, const ChainSet& wanted) {
    ASSERT_EQ(set.count, wanted.count);
    int anchors = 0;
    for (int i = 0; i < set.count; ++i) {
      ASSERT_EQ(set.chains[i], wanted.chains[i]);
      anchors += static_cast<int>(set.chains[i] & 0xffffffffu);
    }
    for (int i = 0; i < anchors; ++i) {
      ASSERT_EQ(set.anchors[i].x, wanted.anchors[i].x);
      ASSERT_EQ(set.anchors[i].y, wanted.anchors[i].y);
    }
  }

  void release(const ChainSet& set) {
    kfree(pool_.get(), set.anchors);
    kfree(pool_.get(), set.chains);
  }

  std::mt19937 random_{7};
  Pool pool_;
};

TEST_F(ChainLinks, AreThoseOfTheLibrary) {
  int several = 0, none = 0;
  for (int i = 0; i < 20000; ++i) {
    const ChainLimits limits = draw_limits();
    const std::vector<mm128_t> anchors = draw_anchors(limits.segments);
    const ChainSet wanted = of_library(anchors, limits);
    const ChainSet set = chain_anchors(pool_, copy_of(anchors), static_cast<std::int64_t>(anchors.size()), limits);
    ASSERT_NO_FATAL_FAILURE(expect_equal(set, wanted)) << i;
    several += set.count > 1;
    none += set.count == 0;
    release(set);
    release(wanted);
  }
  EXPECT_GT(several, 5000);
  EXPECT_GT(none, 500);
}

}  // namespace
}  // namespace anneal::map
