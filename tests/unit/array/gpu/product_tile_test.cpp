#include "array/gpu/product_tile.h"

#include <gtest/gtest.h>

#include "support/random.h"

namespace anneal::array::gpu {
namespace {

// What the kernel that is compiled for a cut relies on.
TEST(ProductCut, CoversTheInnerSizeByPartsOfWholeTiles) {
  test::Random random(1);
  for (int k = 0; k < 2000; ++k) {
    const int most = random.chance(0.5) ? 40 : 20000;
    const ProductSizes sizes{random.between(1, most), random.between(1, most), random.between(0, most),
                             random.between(1, 5)};
    const std::size_t bytes = random.chance(0.5) ? 4 : 8;
    const ProductCut cut = product_cut(sizes, bytes, random.between(1, 200));
    EXPECT_EQ(cut.part_inner % product_tile_inner, 0);
    EXPECT_GE(cut.parts * cut.part_inner, sizes.inner);
    if (cut.parts > 1) {
      EXPECT_LT((cut.parts - 1) * cut.part_inner, sizes.inner) << "a part of nothing";
    }
    if (bytes == 8) {
      EXPECT_LE(cut.tile.thread_rows * cut.tile.thread_columns, 16u) << "too many registers";
    }
  }
}

TEST(ProductCut, OfFewRowsOrColumnsIsNotSquare) {
  EXPECT_EQ(product_cut({1, 100000, 500, 1}, 4, 16).tile.rows(), 16);
  EXPECT_EQ(product_cut({100000, 1, 500, 1}, 4, 16).tile.columns(), 16);
  EXPECT_EQ(product_cut({4096, 4096, 500, 1}, 4, 16).tile.rows(), 128);
}

TEST(ProductCut, OfALongInnerSizeHasPartsForAllUnits) {
  EXPECT_EQ(product_cut({4096, 4096, 4096, 1}, 4, 16).parts, 1);
  EXPECT_GT(product_cut({32, 32, 100000, 1}, 4, 16).parts, 16);
}

}  // namespace
}  // namespace anneal::array::gpu
