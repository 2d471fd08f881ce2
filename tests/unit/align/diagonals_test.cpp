#include "align/diagonals.h"

#include <gtest/gtest.h>

#include <limits>

namespace anneal::align {
namespace {

TEST(Diagonals, CountTheirCells) {
  for (const std::int64_t rows : {1, 2, 5, 9}) {
    for (const std::int64_t columns : {1, 3, 8}) {
      for (std::int64_t lowest = -12; lowest <= 12; ++lowest) {
        for (std::int64_t highest = lowest - 1; highest <= 12; ++highest) {
          std::uint64_t cells = 0;
          for (std::int64_t i = 1; i <= rows; ++i) {
            for (std::int64_t j = 1; j <= columns; ++j) cells += j - i >= lowest && j - i <= highest;
          }
          ASSERT_EQ((Diagonals{lowest, highest}.cells_of(rows, columns)), cells)
              << rows << " x " << columns << ", " << lowest << " to " << highest;
        }
      }
    }
  }
}

TEST(Diagonals, CountTheLargestRectangle) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  EXPECT_EQ(all_diagonals(most, most).cells_of(most, most), static_cast<std::uint64_t>(most) * most);
}

TEST(Diagonals, FitIntoABand) {
  for (std::int64_t lowest = -5; lowest <= 5; ++lowest) {
    for (std::int64_t highest = lowest; highest <= 7; ++highest) {
      const Band band = Diagonals{lowest, highest}.band();
      EXPECT_TRUE(band.contains(20, 20 + lowest) && band.contains(20, 20 + highest));
      EXPECT_LE(2 * band.width + 1, highest - lowest + 2);
    }
  }
  const Band band{.width = 3, .centre = -2};
  EXPECT_EQ(diagonals_of(band, 9, 9).band().width, 3);
  EXPECT_EQ(diagonals_of(band, 9, 9).band().centre, -2);
}

TEST(Diagonals, MoveWithTheRectangle) {
  const Diagonals moved = Diagonals{-1, 4}.seen_from(3, 10);
  EXPECT_EQ(moved.lowest, -8);
  EXPECT_EQ(moved.highest, -3);
}

}  // namespace
}  // namespace anneal::align
