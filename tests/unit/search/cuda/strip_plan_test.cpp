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
  /// Every query's rows come in order, once, in one place, and only the last strip says that it is.
  void expect_complete(const std::vector<std::int32_t>& lengths, const std::vector<StripLaunch>& launches) {
    std::vector<std::int32_t> next(lengths.size(), 0), place(lengths.size(), -1);
    for (const StripLaunch& launch : launches) {
      EXPECT_EQ(launch.height % heights_.step, 0);
      const bool is_whole_one = launch.is_lone() && !launch.is_bordered();
      EXPECT_LE(launch.height, !launch.is_lone() ? heights_.most : is_whole_one ? 192 : heights_.most_lone);
      EXPECT_TRUE(!launch.is_bordered() || launch.height >= heights_.least);
      EXPECT_TRUE(launch.parts[0].query >= 0 || launch.parts[1].query >= 0);
      for (int part = 0; part < 2; ++part) {
        const QueryStrip& strip = launch.parts[part];
        if (strip.query < 0) continue;
        const auto query = static_cast<std::size_t>(strip.query);
        EXPECT_EQ(strip.first_row, next[query]);
        EXPECT_TRUE(place[query] < 0 || place[query] == part);
        place[query] = part;
        next[query] += launch.height;
        EXPECT_EQ(strip.is_last, next[query] >= lengths[query]);
      }
    }
    for (std::size_t query = 0; query < lengths.size(); ++query) EXPECT_GE(next[query], lengths[query]);
  }

  StripHeights heights_{16, 64, 144, 128, {32, 64, 144, 192}};
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

TEST_F(StripPlan, MakesAHigherStripOfAQueryThatIsAlone) {
  ASSERT_EQ(plan({192}).size(), 1u);
  EXPECT_FALSE(plan({192})[0].is_bordered());
  EXPECT_GT(plan({193}).size(), 1u);
  EXPECT_EQ(plan({161}).size(), 1u);
  EXPECT_GT(plan({160}).size(), 1u) << "too many rows would be wasted";
  EXPECT_GT(plan({192, 192}).size(), 1u);
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
