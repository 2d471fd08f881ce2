#include "search/cuda/strip_plan.h"

#include <gtest/gtest.h>

#include <numeric>

#include "support/random.h"

namespace anneal::search::cuda {
namespace {

class StripPlan : public testing::Test {
 protected:
  std::vector<StripLaunch> plan(const std::vector<std::int32_t>& lengths, bool in_pairs = true) {
    return plan_strips(lengths, heights_, in_pairs);
  }
  /// Every query's rows come in order, once, on one track, and only the last strip says that it is.
  void expect_complete(const std::vector<std::int32_t>& lengths, const std::vector<StripLaunch>& launches) {
    std::vector<std::int32_t> next(lengths.size(), 0), track(lengths.size(), -1);
    for (const StripLaunch& launch : launches) {
      EXPECT_EQ(launch.height % heights_.step, 0);
      EXPECT_LE(launch.height, heights_.most);
      EXPECT_TRUE(!launch.is_bordered() || launch.height >= heights_.least);
      EXPECT_GE(launch.parts[0].query, 0);
      EXPECT_TRUE(launch.parts[1].query < 0 || launch.parts[0].track != launch.parts[1].track);
      for (const QueryStrip& strip : launch.parts) {
        if (strip.query < 0) continue;
        const auto query = static_cast<std::size_t>(strip.query);
        EXPECT_EQ(strip.first_row, next[query]);
        EXPECT_TRUE(track[query] < 0 || strip.track == track[query]);
        track[query] = strip.track;
        next[query] += launch.height;
        EXPECT_EQ(strip.is_last, next[query] >= lengths[query]);
      }
    }
    for (std::size_t query = 0; query < lengths.size(); ++query) EXPECT_GE(next[query], lengths[query]);
  }

  StripHeights heights_{16, 64, 144};
  test::Random random_{3};
};

TEST_F(StripPlan, CoversAllRowsOnce) {
  for (int round = 0; round < 300; ++round) {
    std::vector<std::int32_t> lengths;
    for (int k = random_.between(0, 9); k > 0; --k) lengths.push_back(random_.between(0, 900));
    expect_complete(lengths, plan(lengths));
    expect_complete(lengths, plan(lengths, false));
  }
}

TEST_F(StripPlan, HasNothingForEmptyQueries) {
  EXPECT_TRUE(plan({}).empty());
  EXPECT_TRUE(plan({0, 0, 0}).empty());
}

TEST_F(StripPlan, DoesOneQueryAtATime) {
  for (const StripLaunch& launch : plan({300, 200, 100}, false)) EXPECT_EQ(launch.parts[1].query, -1);
}

TEST_F(StripPlan, KeepsAShortQueryInOneStrip) {
  const std::vector<StripLaunch> launches = plan({144});
  ASSERT_EQ(launches.size(), 1u);
  EXPECT_EQ(launches[0].height, 144);
  EXPECT_FALSE(launches[0].is_bordered());
}

TEST_F(StripPlan, WastesFewRows) {
  const std::vector<std::int32_t> lengths{144,  189,  222,  375,  464,  567,  657,  729,  850,  1000,
                                          1500, 2005, 2504, 3005, 3564, 4061, 4548, 4743, 5147, 5478};
  std::int64_t computed = 0;
  for (const StripLaunch& launch : plan(lengths)) computed += 2 * launch.height;
  EXPECT_LE(static_cast<double>(computed), 1.02 * std::accumulate(lengths.begin(), lengths.end(), 0.0));
}

}  // namespace
}  // namespace anneal::search::cuda
