#include "align/cuda/end_kernels.h"

#include <gtest/gtest.h>

namespace anneal::align::cuda {
namespace {

TEST(EndKernels, FitWhatTheirFormsHold) {
  const std::span<const EndKernel> kernels = end_kernels(true, ScoreKind::letters);
  for (const EndKernel& kernel : kernels) {
    EXPECT_TRUE(kernel.fits({.gap_open = 6, .gap_extend = 1, .offset = 7, .highest_pair = 1}));
    const bool holds_dear_gaps = kernel.fits({.gap_open = 20, .gap_extend = 1, .offset = 21, .highest_pair = 1});
    EXPECT_EQ(holds_dear_gaps, !kernel.shape.form.has_dust());
  }
  EXPECT_EQ(kernels.front().highest_exact(1), 236);
}

TEST(EndKernels, HoldAllScoresOfLongPairsInWholeWords) {
  const ScoreRange range{.gap_open = 11, .gap_extend = 1, .offset = 12, .highest_pair = 11, .bound = 1'000'000'000};
  for (const ScoreKind scores : {ScoreKind::letters, ScoreKind::matrix}) {
    for (const EndKernel& kernel : end_kernels(false, scores)) {
      EXPECT_EQ(kernel.fits(range), kernel.shape.form.parts == 1);
    }
  }
}

TEST(EndKernels, FinishWhatIsUndecided) {
  const ScoreRange range{.gap_open = 6, .gap_extend = 1, .offset = 7, .highest_pair = 1};
  const EndKernel& finisher = undecided_end_kernel();
  EXPECT_TRUE(finisher.fits(range));
  EXPECT_FALSE(finisher.shape.form.has_dust());
  EXPECT_GT(finisher.highest_exact(1), end_kernels(true, ScoreKind::letters).front().highest_exact(1));
}

TEST(EndKernels, NeedBordersBetweenStrips) {
  for (const bool local : {true, false}) {
    for (const EndKernel& kernel : end_kernels(local, ScoreKind::letters)) {
      const EndShape& shape = kernel.shape;
      const bool keeps_all = local && shape.form.unit == 1;
      const std::int64_t checkpoints = shape.keeps_checkpoints() ? 5 * shape.height() / checkpoint_rows - 1 : 0;
      const std::int64_t rows = checkpoints > 0 ? checkpoints : shape.one_strip ? 0 : keeps_all ? 4 : 2;
      EXPECT_EQ(kernel.borders_per_group(4 * shape.height() + 1, 98), rows * 100) << "columns are multiples of 4";
    }
  }
}

TEST(EndKernels, HaveBlocksForAllPairs) {
  for (const EndKernel& kernel : end_kernels(true, ScoreKind::letters)) {
    const std::int64_t pairs_per_block = std::int64_t{kernel.shape.form.parts} * kernel.groups_per_block();
    EXPECT_EQ(kernel.blocks_for(0), 0);
    EXPECT_EQ(kernel.blocks_for(pairs_per_block), 1);
    EXPECT_EQ(kernel.blocks_for(pairs_per_block + 1), 2);
  }
}

}  // namespace
}  // namespace anneal::align::cuda
