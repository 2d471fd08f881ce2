#include "align/diagonal_bound.h"

#include <gtest/gtest.h>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::align {
namespace {

/// A random alignment of random letters: the most that letters can add, every gap paid.
struct RandomPath {
  std::int64_t score = 0;
  Diagonals touched;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};

RandomPath walk(test::Random& random, const Boundary& boundary, const EndCells& ends, int highest) {
  RandomPath path;
  std::int64_t i = 0, j = 0;
  if (boundary.query_begin_free && random.chance(0.5)) {
    i = random.between(0, 20);
  } else if (boundary.target_begin_free && random.chance(0.5)) {
    j = random.between(0, 20);
  }
  if (boundary.local) i = random.between(0, 20), j = random.between(0, 20);
  path.touched = {j - i, j - i};
  for (int runs = random.between(1, 6); runs > 0; --runs) {
    const int aligned = random.between(0, 30);
    path.score += highest * aligned;
    i += aligned, j += aligned;
    if (const int letters = random.between(0, 9); letters > 0) {
      path.score += boundary.gap(letters);
      (random.chance(0.5) ? i : j) += letters;
    }
    path.touched.include({j - i, j - i});
  }
  if (ends.anywhere || ends.query_end_free) path.rows = random.between(0, 20);
  if (ends.anywhere || (ends.target_end_free && path.rows == 0)) path.columns = random.between(0, 20);
  path.rows += i, path.columns += j;
  return path;
}

Boundary random_boundary(test::Random& random) {
  const bool local = random.chance(0.4);
  return {.local = local,
          .query_begin_free = local || random.chance(0.5),
          .target_begin_free = local || random.chance(0.5),
          .gap_open = random.between(0, 6),
          .gap_extend = random.between(0, 3)};
}

TEST(DiagonalBound, HoldsForEveryAlignment) {
  test::Random random(test::seed_of("DiagonalBound"));
  for (int round = 0; round < 200000; ++round) {
    const Boundary boundary = random_boundary(random);
    const EndCells ends{
        .anywhere = boundary.local, .query_end_free = random.chance(0.5), .target_end_free = random.chance(0.5)};
    const int highest = random.between(0, 3);
    const RandomPath path = walk(random, boundary, ends, highest);
    const DiagonalBound bound(highest, boundary, ends, path.rows, path.columns);
    ASSERT_LE(path.score, bound.best());
    const Diagonals reached = bound.reaching(path.score);
    ASSERT_LE(reached.lowest, path.touched.lowest);
    ASSERT_GE(reached.highest, path.touched.highest);
    ASSERT_LE(path.score, bound.best_outside({path.touched.lowest + 1, path.touched.highest + 100}));
    ASSERT_LE(path.score, bound.best_outside({path.touched.lowest - 100, path.touched.highest - 1}));
  }
}

TEST(DiagonalBound, HoldsForEveryGappedPathToAKnownCell) {
  test::Random random(test::seed_of("DiagonalsToLastCell"));
  for (int round = 0; round < 200000; ++round) {
    const Boundary boundary = random_boundary(random);
    const int highest = random.between(0, 3);
    const RandomPath path = walk(random, boundary, {}, highest);
    if (path.touched.lowest == path.touched.highest) continue;
    const Diagonals reached = diagonals_to_last_cell(highest, boundary, path.rows, path.columns, path.score);
    ASSERT_LE(reached.lowest, path.touched.lowest);
    ASSERT_GE(reached.highest, path.touched.highest);
  }
}

TEST(DiagonalBound, LeavesOutTwoCornersOfALocalMatrix) {
  const Boundary local{
      .local = true, .query_begin_free = true, .target_begin_free = true, .gap_open = 6, .gap_extend = 1};
  const DiagonalBound bound(1, local, {.anywhere = true}, 150, 180);
  EXPECT_EQ(bound.best(), 150);
  EXPECT_EQ(bound.reaching(110).lowest, -40);
  EXPECT_EQ(bound.reaching(110).highest, 70);
  EXPECT_EQ(bound.best_outside({-40, 70}), 109);
}

}  // namespace
}  // namespace anneal::align
