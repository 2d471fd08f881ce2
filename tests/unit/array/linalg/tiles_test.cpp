#include "array/linalg/tiles.h"

#include <gtest/gtest.h>

#include <vector>

namespace anneal::array::linalg {
namespace {

TEST(Tiles, CoverTheMatrixOnce) {
  for (const std::int64_t rows : {1, 7, 256, 257, 700, 1024}) {
    for (const std::int64_t columns : {1, 1023, 1024, 1025, 2500}) {
      const Tiles tiles(rows, columns);
      std::vector<int> covered(static_cast<std::size_t>(rows * columns));
      for (std::int64_t k = 0; k < tiles.count(); ++k) {
        const Tile tile = tiles[k];
        EXPECT_LE(tile.rows, 256);
        EXPECT_LE(tile.columns, 1024);
        for (std::int64_t row = tile.row; row < tile.row + tile.rows; ++row) {
          for (std::int64_t column = tile.column; column < tile.column + tile.columns; ++column) {
            ++covered[static_cast<std::size_t>(row * columns + column)];
          }
        }
      }
      EXPECT_EQ(covered, std::vector<int>(covered.size(), 1)) << rows << " x " << columns;
    }
  }
}

}  // namespace
}  // namespace anneal::array::linalg
