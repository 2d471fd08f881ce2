#include "align/best_end.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::align {
namespace {

TEST(BestEnd, PrefersScoreThenTargetThenQuery) {
  BestEnd best;
  best.offer(5, 9, 9);
  best.offer(4, 1, 1);
  EXPECT_EQ(best.i, 9);
  best.offer(5, 10, 8);
  EXPECT_EQ(best.j, 8);
  best.offer(5, 3, 8);
  EXPECT_EQ(best.i, 3);
  best.offer(5, 4, 8);
  best.offer(5, 0, 9);
  EXPECT_EQ(best.i, 3);
  EXPECT_EQ(best.j, 8);
  best.offer(6, 20, 20);
  EXPECT_EQ(best.score, 6);
  EXPECT_EQ(best.j, 20);
}

TEST(BestEnd, TakesNoUnreachableCell) {
  BestEnd best;
  best.offer(BestEnd::minus_infinity, 1, 1);
  EXPECT_EQ(best.i, -1);
  best.offer(-(1 << 30), 1, 1);
  EXPECT_EQ(best.i, 1);
}

TEST(BestOfLastCells, EqualsOfferingEveryCell) {
  test::Random random(test::seed_of("BestOfLastCells"));
  for (int round = 0; round < 2000; ++round) {
    const int rows = random.between(1, 6), columns = random.between(1, 6);
    std::vector<std::int32_t> row(static_cast<std::size_t>(columns) + 1), column(static_cast<std::size_t>(rows) + 1);
    for (auto& score : row) score = random.chance(0.2) ? BestEnd::minus_infinity : random.between(-2, 2);
    for (auto& score : column) score = random.chance(0.2) ? BestEnd::minus_infinity : random.between(-2, 2);
    row.back() = column.back();
    const bool query_end_free = random.chance(0.5), target_end_free = random.chance(0.5);
    BestEnd expected;
    for (int i = rows; i >= 1; --i) {
      if (query_end_free || i == rows) expected.offer(column[static_cast<std::size_t>(i)], i, columns);
    }
    for (int j = columns; j >= 1; --j) {
      if (target_end_free || j == columns) expected.offer(row[static_cast<std::size_t>(j)], rows, j);
    }
    const BestEnd found = best_of_last_cells(
        rows, columns, query_end_free, target_end_free,
        [&](std::int64_t j) { return row[static_cast<std::size_t>(j)]; },
        [&](std::int64_t i) { return column[static_cast<std::size_t>(i)]; });
    ASSERT_EQ(found.score, expected.score);
    ASSERT_EQ(found.i, expected.i);
    ASSERT_EQ(found.j, expected.j);
  }
}

}  // namespace
}  // namespace anneal::align
