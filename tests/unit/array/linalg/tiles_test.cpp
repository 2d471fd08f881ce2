#include "array/linalg/tiles.h"

#include <gtest/gtest.h>

#include <vector>

namespace anneal::array::linalg {
namespace {

void expect_to_cover_once(const Tiles& tiles, std::int64_t rows, std::int64_t columns) {
  std::vector<int> covered(static_cast<std::size_t>(rows * columns));
  for (std::int64_t k = 0; k < tiles.count(); ++k) {
    const Tile tile = tiles[k];
    for (std::int64_t row = tile.row; row < tile.row + tile.rows; ++row) {
      for (std::int64_t column = tile.column; column < tile.column + tile.columns; ++column) {
        ++covered[static_cast<std::size_t>(row * columns + column)];
      }
    }
  }
  EXPECT_EQ(covered, std::vector<int>(covered.size(), 1)) << rows << " x " << columns;
}

TEST(Tiles, ByShapeCoverTheMatrixOnce) {
  for (const std::int64_t rows : {1, 7, 256, 257, 700, 1024}) {
    for (const std::int64_t columns : {1, 1023, 1024, 1025, 2500}) {
      const Tiles tiles = tiles_by_shape(rows, columns);
      expect_to_cover_once(tiles, rows, columns);
      for (std::int64_t k = 0; k < tiles.count(); ++k) {
        EXPECT_LE(tiles[k].rows, 256);
        EXPECT_LE(tiles[k].columns, 1024);
      }
    }
  }
}

TEST(Tiles, ForThreadsAreLargeAndCutAtStepsOnly) {
  for (const std::int64_t rows : {60, 513, 1024, 1700}) {
    for (const std::int64_t columns : {30, 1000, 2500}) {
      for (const std::int64_t inner : {100, 2000}) {
        const ProductSize size{1, rows, columns, inner};
        if (!has_rows_to_cut(size)) continue;
        const std::int64_t pieces_of_one_thread = tiles_for_threads(size, {.rows = 24}, 1, rows).count();
        for (const std::int64_t threads : {1, 2, 3, 8, 64}) {
          const Tiles tiles = tiles_for_threads(size, {.rows = 24}, threads, rows);
          expect_to_cover_once(tiles, rows, columns);
          EXPECT_LE(tiles.count(), pieces_of_one_thread * threads);
          for (std::int64_t k = 0; k < tiles.count(); ++k) {
            EXPECT_EQ(tiles[k].row % 24, 0);
            EXPECT_EQ(tiles[k].column, tiles[k % pieces_of_one_thread].column);
            EXPECT_GE(tiles[k].rows * tiles[k].columns * inner, least_multiplications);
          }
        }
      }
    }
  }
}

TEST(Tiles, ForThreadsGiveEachAsMuch) {
  EXPECT_EQ(tiles_for_threads({1, 2048, 2048, 2048}, {.rows = 8}, 2, 2048)[0].rows, 1024);
  EXPECT_EQ(tiles_for_threads({1, 2048, 2048, 2048}, {.rows = 8}, 1, 2048).count(), 1);
  EXPECT_EQ(tiles_for_threads({2, 2048, 2048, 2048}, {.rows = 8}, 2, 2048).count(), 1);
  EXPECT_EQ(tiles_for_threads({3, 2048, 2048, 2048}, {.rows = 8}, 2, 2048).count(), 2);
  EXPECT_EQ(tiles_for_threads({100, 2048, 2048, 2048}, {.rows = 8}, 3, 2048).count(), 1);
  EXPECT_EQ(tiles_for_threads({1, 2048, 2048, 2048}, {.rows = 8}, 2, 512).count(), 4);
}

TEST(Tiles, ForThreadsHaveColumnsCutWhereRowsAreFew) {
  const CutSteps steps{.rows = 8, .columns = 16};
  const Tiles tiles = tiles_for_threads({1, 400, 1008, 512}, steps, 3, 400);
  expect_to_cover_once(tiles, 400, 1008);
  EXPECT_EQ(tiles.count(), 3);
  for (std::int64_t k = 0; k < tiles.count(); ++k) EXPECT_EQ(tiles[k].column % 16, 0);
  EXPECT_EQ(tiles_for_threads({1, 600, 1008, 512}, steps, 2, 600)[1].column, 0);
  EXPECT_EQ(tiles_for_threads({1, 400, 1000, 512}, steps, 2, 400)[1].column, 0);  // no multiple of 16
  // Pieces of columns would be too small for one of BLAS's kernels.
  EXPECT_EQ(tiles_for_threads({1, 400, 128, 512}, steps, 8, 400)[1].column, 0);
}

TEST(Tiles, AreNotCutForThreadsWhereTheyAreSmall) {
  EXPECT_FALSE(has_rows_to_cut({1, 200, 200, 200}));
  EXPECT_TRUE(has_rows_to_cut({1, 512, 512, 512}));
}

}  // namespace
}  // namespace anneal::array::linalg
