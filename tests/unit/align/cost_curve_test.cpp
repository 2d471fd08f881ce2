#include "align/cost_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace anneal::align {
namespace {

// overhead + per_pair * pairs + per_cell * cells, with cells as multiples of the reference length's.
struct Linear {
  double overhead;
  double per_pair;
  double per_cell;

  double seconds(double pairs, double cells) const { return overhead + pairs * (per_pair + per_cell * cells); }
};

CostCurve fit(const Linear& truth) {
  std::vector<CostPoint> points;
  for (const double pairs : {1.0, 4.0, 16.0, 64.0, 256.0, 1024.0}) {
    points.push_back({pairs, truth.seconds(pairs, 1)});
  }
  return fit_curve(points, {1024, truth.seconds(1, 4), truth.seconds(1024, 4), truth.seconds(1024, 0.25)});
}

TEST(CostCurve, RecoversWhatTheTimesAreMadeOf) {
  for (const Linear& truth : {Linear{1e-3, 2e-6, 1e-5}, Linear{0, 0, 1e-3}, Linear{5e-4, 1e-5, 0}}) {
    const CostCurve curve = fit(truth);
    ASSERT_TRUE(curve.is_valid());
    if (truth.per_cell > 0) {
      EXPECT_NEAR(curve.overhead, truth.overhead, 1e-9);
    }
    EXPECT_NEAR(curve.seconds_per_pair(), truth.per_pair + truth.per_cell, 1e-9);
    for (const double pairs : {1.0, 7.0, 300.0, 1e6}) {
      for (const double cells : {0.25, 1.0, 3.0}) {
        EXPECT_NEAR(curve.seconds(pairs, cells), truth.seconds(pairs, cells), 1e-6 * truth.seconds(pairs, cells));
      }
    }
  }
}

// A processor that works on 64 pairs at a time.
TEST(CostCurve, FollowsBatchesThatDoNotFillAProcessor) {
  const auto truth = [](double pairs, double cells) { return 1e-3 + cells * 1e-2 * std::max(1.0, pairs / 64); };
  std::vector<CostPoint> points;
  for (const double pairs : {1.0, 4.0, 16.0, 64.0, 256.0, 1024.0}) points.push_back({pairs, truth(pairs, 1)});
  const CostCurve curve = fit_curve(points, {1024, truth(1, 4), truth(1024, 4), truth(1024, 0.25)});
  ASSERT_TRUE(curve.is_valid());
  for (const double pairs : {1.0, 30.0, 64.0, 2000.0}) {
    EXPECT_NEAR(curve.seconds(pairs, 2), truth(pairs, 2), 1e-6);
  }
}

TEST(CostCurve, IsNeverInvalidForTimesThatMakeNoSense) {
  const CostCurve falling = fit_curve({{1, 5e-3}, {4, 1e-3}, {16, 4e-3}}, {16, 1e-4, 1e-4, 1});
  EXPECT_TRUE(falling.is_valid());
  EXPECT_EQ(falling.seconds_per_pair(), 0);
  const CostCurve steep = fit_curve({{1, 1e-3}, {4, 4e-3}}, {4, 1, 2, 1e-9});
  EXPECT_TRUE(steep.is_valid());
  EXPECT_GE(steep.seconds(1, 0), 0);
}

TEST(Rising, LetsNoBatchTakeLessTimeThanASmallerOne) {
  EXPECT_EQ(rising({{1, 3}, {2, 1}, {3, 4}}), (std::vector<CostPoint>{{1, 3}, {2, 3}, {3, 4}}));
  EXPECT_TRUE(rising({}).empty());
}

TEST(CostCurve, KnowsWhatCannotBeUsed) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const CostCurve good{.points = {{1, 1e-3}, {4, 2e-3}}, .overhead = 1e-4, .shorter_factor = 0.5};
  EXPECT_TRUE(good.is_valid());
  const auto broken = [&](auto change) {
    CostCurve curve = good;
    change(curve);
    return !curve.is_valid();
  };
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points.clear(); }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points.pop_back(); }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points[0].pairs = 2; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points[1].pairs = 1; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points[1].seconds = 1e-4; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points[0].seconds = 0; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points[1].seconds = infinity; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.points[1].pairs = infinity; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.overhead = std::nan(""); }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.overhead = -1e-9; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.overhead = 1; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.shorter_factor = 1.1; }));
  EXPECT_TRUE(broken([](CostCurve& curve) { curve.longer_factor = std::nan(""); }));
}

}  // namespace
}  // namespace anneal::align
