#include "align/cpu/lane_job.h"

#include <gtest/gtest.h>

#include <set>

namespace anneal::align::cpu {
namespace {

template <typename Check>
void for_every_band(const Check& check) {
  check(Band{});
  for (std::int64_t width = 0; width <= 6; ++width) {
    for (std::int64_t centre = -18; centre <= 18; ++centre) check(Band{.width = width, .centre = centre});
  }
}

template <typename Check>
void for_every_shape(const Check& check) {
  for (const std::int64_t tile_columns : {1, 2, 4, 6, 8}) {
    for (std::int64_t rows = 0; rows <= 9; ++rows) {
      for (std::int64_t columns = 0; columns <= 13; ++columns) check(rows, columns, tile_columns);
    }
  }
}

TEST(TileLayout, HoldsEveryCellOfTheBandOnce) {
  for_every_shape([](std::int64_t rows, std::int64_t columns, std::int64_t tile_columns) {
    for_every_band([&](const Band& band) {
      const TileLayout layout(rows, columns, band, tile_columns);
      std::set<std::int64_t> indices;
      for (std::int64_t i = 1; i <= rows; ++i) {
        for (std::int64_t j = 1; j <= columns; ++j) {
          if (!band.contains(i, j)) continue;
          const std::int64_t index = layout.index(i, j);
          EXPECT_GE(index, 0);
          EXPECT_LT(index, layout.cells());
          EXPECT_TRUE(indices.insert(index).second) << i << ' ' << j;
        }
      }
    });
  });
}

// Columns beyond the last fill up its tile.
TEST(TileLayout, HasOnlyRowsThatTheBandCrosses) {
  for_every_shape([](std::int64_t rows, std::int64_t columns, std::int64_t tile_columns) {
    for_every_band([&](const Band& band) {
      const TileLayout layout(rows, columns, band, tile_columns);
      ASSERT_EQ(layout.count(), tile_count(columns, tile_columns));
      std::int64_t cells = 0;
      for (std::int64_t tile = 0; tile < layout.count(); ++tile) {
        EXPECT_EQ(layout[tile].first_cell, cells);
        for (std::int64_t i = 1; i <= rows; ++i) {
          bool crossed = false;
          for (std::int64_t k = 1; k <= tile_columns; ++k) crossed |= band.contains(i, tile * tile_columns + k);
          const bool inside = i >= layout[tile].first_row && i <= layout[tile].last_row;
          EXPECT_EQ(inside, crossed);
          if (inside) cells += tile_columns;
        }
      }
      EXPECT_EQ(layout.cells(), cells);
    });
  });
}

TEST(TileLayout, CountsTilesAndMasks) {
  EXPECT_EQ(tile_count(0, 6), 0);
  EXPECT_EQ(tile_count(1, 6), 1);
  EXPECT_EQ(tile_count(6, 6), 1);
  EXPECT_EQ(tile_count(7, 6), 2);
  EXPECT_EQ(mask_bytes(4), 1u);
  EXPECT_EQ(mask_bytes(8), 1u);
  EXPECT_EQ(mask_bytes(64), 8u);
}

TEST(TileLayout, TakesTheLongestSequences) {
  constexpr std::int64_t longest = 1 << 20;
  const TileLayout layout(longest, longest, {}, 4);
  EXPECT_EQ(layout.cells(), longest * longest);
  EXPECT_EQ(layout.index(longest, longest), longest * longest - 1);
}

TEST(LocalLoss, SaysWhatAnAlignmentHasAtLeast) {
  // Scores of 2 * 90 and more in a matrix of 100 rows and 120 columns.
  const LocalLoss loss{.match = 2, .in_rows = 20, .in_columns = 60};
  EXPECT_EQ(loss.least_score(100, 120), 180);
  EXPECT_EQ(loss.least_score(100, 100), 180);
  EXPECT_EQ(loss.least_score(50, 100), 140);
  EXPECT_EQ(loss.last_begin_row(), 11);
  EXPECT_EQ(loss.last_begin_column(), 31);
}

TEST(LocalLoss, IsTheHighestOfAGroup) {
  LocalLoss loss{.match = 1, .in_rows = 20, .in_columns = 60};
  EXPECT_TRUE(loss.matters());
  loss.include({.match = 1, .in_rows = 30, .in_columns = 10});
  EXPECT_EQ(loss.in_rows, 30);
  EXPECT_EQ(loss.in_columns, 60);
  loss.include({});
  EXPECT_FALSE(loss.matters());
  EXPECT_LT(loss.least_score(1 << 30, 1 << 30), 0);
  EXPECT_GT(loss.last_begin_row(), 1 << 30);
}

}  // namespace
}  // namespace anneal::align::cpu
