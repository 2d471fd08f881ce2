#include "align/cpu/diagonal_job.h"

#include <gtest/gtest.h>

namespace anneal::align::cpu {
namespace {

void expect_range(std::int64_t diagonal, std::int64_t rows, std::int64_t columns, const Band& band) {
  std::int64_t first = 0, count = 0;
  for (std::int64_t i = 1; i <= rows; ++i) {
    const std::int64_t j = diagonal - i;
    if (j < 1 || j > columns || !band.contains(i, j)) continue;
    if (count++ == 0) first = i;
  }
  const DiagonalRange range = diagonal_range(diagonal, rows, columns, band);
  SCOPED_TRACE(testing::Message() << "diagonal " << diagonal << " of " << rows << " x " << columns << ", band "
                                  << band.width << " around " << band.centre);
  EXPECT_EQ(range.count(), count);
  if (count > 0) {
    EXPECT_EQ(range.first_row, first);
  } else {
    EXPECT_GE(range.first_row, 1);
    EXPECT_LE(range.first_row, rows + 1);
  }
}

TEST(DiagonalRange, HoldsTheCellsInsideTheBand) {
  for (std::int64_t rows = 0; rows <= 7; ++rows) {
    for (std::int64_t columns = 0; columns <= 7; ++columns) {
      for (std::int64_t diagonal = 1; diagonal <= rows + columns; ++diagonal) {
        expect_range(diagonal, rows, columns, {});
        for (std::int64_t width = 0; width <= 5; ++width) {
          for (std::int64_t centre = -12; centre <= 12; ++centre)
            expect_range(diagonal, rows, columns, {width, centre});
        }
      }
    }
  }
}

TEST(DiagonalRange, RoundsHalvesDown) {
  EXPECT_EQ(floor_half(7), 3);
  EXPECT_EQ(floor_half(-1), -1);
  EXPECT_EQ(floor_half(-7), -4);
}

}  // namespace
}  // namespace anneal::align::cpu
