#include "align/cuda/extend_kernels.h"

#include <gtest/gtest.h>

namespace anneal::align::cuda {
namespace {

TEST(ExtendKernels, AreWideEnoughOrHaveNoLimits) {
  for (const int letters : {5, 24}) {
    for (const ExtendKernel& kernel : extend_kernels(letters)) {
      const bool in_memory = kernel.shape.in_memory();
      const std::int64_t width = in_memory ? 100'000 : kernel.shape.width();
      EXPECT_TRUE(kernel.takes_penalties(6, 1));
      EXPECT_TRUE(kernel.takes_pair({.width = width, .highest = 1'000'000}));
      EXPECT_EQ(kernel.takes_pair({.width = width + 1, .highest = 1000}), in_memory);
      EXPECT_EQ(kernel.takes_pair({.width = 10, .highest = 1 << 30}), in_memory);
      EXPECT_EQ(kernel.takes_penalties(6, 32767), in_memory || kernel.shape.width() <= 128);
      EXPECT_EQ(kernel.rows_per_group(1000), in_memory ? 2 * 1004 : 0);
    }
    EXPECT_TRUE(extend_kernels(letters).back().shape.in_memory());
  }
}

TEST(ExtendKernels, HaveBlocksForAllPairs) {
  for (const ExtendKernel& kernel : extend_kernels(5)) {
    EXPECT_EQ(kernel.blocks_for(0), 0);
    EXPECT_EQ(kernel.blocks_for(kernel.groups_per_block()), 1);
    EXPECT_EQ(kernel.blocks_for(kernel.groups_per_block() + 1), 2);
  }
}

}  // namespace
}  // namespace anneal::align::cuda
