#include "align/gpu/path_cost.h"

#include <gtest/gtest.h>

#include "align/recurrence/path_rectangle.h"
#include "support/random.h"

namespace anneal::align::gpu {
namespace {

TEST(PathCost, KnowsTheRectangle) {
  test::Random random(5);
  for (int round = 0; round < 2000; ++round) {
    const recurrence::PathParameters parameters{.local = true,
                                                .query_begin_free = true,
                                                .target_begin_free = true,
                                                .gap_open = random.between(0, 12),
                                                .gap_extend = random.between(0, 3),
                                                .highest = random.between(1, 5)};
    const int rows = random.between(1, 2000), columns = random.between(1, 2000);
    const int score = random.between(1, parameters.highest * std::min(rows, columns));
    const recurrence::PathRectangle rectangle = recurrence::path_rectangle(parameters, rows, columns, score, 0);
    const PathCost::Size size = PathCost(parameters).size(rows, columns, score);
    EXPECT_NEAR(size.rows, static_cast<float>(rectangle.rows), 2);
    EXPECT_NEAR(size.diagonals, static_cast<float>(rectangle.highest - rectangle.lowest + 1), 4);
  }
}

TEST(PathCost, RanksByCost) {
  EXPECT_LT(PathCost::rank({.rows = 150, .diagonals = 30}), PathCost::rank({.rows = 150, .diagonals = 31}));
  EXPECT_LT(PathCost::rank({.rows = 150, .diagonals = 30}), PathCost::rank({.rows = 160, .diagonals = 30}));
  EXPECT_LT(PathCost::rank({.rows = 1e6, .diagonals = 1e6}), PathCost::rank({.rows = 2e9, .diagonals = 4e9}));
  EXPECT_EQ(PathCost::rank({.rows = 0, .diagonals = 1}), PathCost::rank({.rows = 1, .diagonals = 1}));
  EXPECT_LT(PathCost::rank({.rows = 2.1e9f, .diagonals = 4.3e9f}), 1u << 16);
}

}  // namespace
}  // namespace anneal::align::gpu
