#include "align/cuda/path_kernels.h"

#include <gtest/gtest.h>

namespace anneal::align::cuda {
namespace {

TEST(PathKernels, EndWithOneThatHoldsAllScores) {
  for (const bool banded : {false, true}) {
    for (const ScoreKind scores : {ScoreKind::letters, ScoreKind::matrix}) {
      const std::span<const PathKernel> kernels = path_kernels(scores, banded);
      ASSERT_FALSE(kernels.empty());
      EXPECT_EQ(kernels.back().shape.parts, 1);
      for (const PathKernel& kernel : kernels) {
        EXPECT_EQ(kernel.shape.banded, banded);
        EXPECT_EQ(kernel.scores, banded ? ScoreKind::matrix : scores);
      }
    }
  }
  EXPECT_EQ(path_kernels(ScoreKind::matrix, false).back().highest_raised, 255);
}

TEST(PathKernels, NeedHalfAByteForEachCell) {
  for (const PathKernel& kernel : path_kernels(ScoreKind::letters, false)) {
    const std::int64_t height = kernel.shape.height(), columns = 1000;
    const std::int64_t steps = columns + kernel.shape.lanes - 1;
    // A lane writes 16 bytes at once.
    const std::int64_t bytes_per_step = kernel.shape.rows * kernel.shape.parts / 2;
    const std::int64_t together = std::max<std::int64_t>(16 / bytes_per_step, 1);
    const std::int64_t trace = (steps + together - 1) / together * together * height * kernel.shape.parts / 8;
    const std::int64_t borders = 2 * steps * (kernel.shape.retraces ? 1 : 2);
    const std::int64_t ops = (height + columns) * kernel.shape.parts;
    const auto words = [&](std::int64_t rows) {
      return kernel.words(static_cast<int>(rows), static_cast<int>(columns), rows + columns);
    };
    EXPECT_EQ(words(height), (trace + borders + ops + 3) / 4 * 4);
    EXPECT_EQ(words(0) % 4, 0);
    EXPECT_LT(kernel.words(static_cast<int>(height), 1000, 100), words(height)) << "fewer diagonals, fewer cells";
    const std::int64_t more = words(11 * height) - words(height);
    EXPECT_EQ(more / trace, kernel.shape.retraces ? 0 : 10) << "the trace of one strip, or of all";
  }
}

TEST(PathKernels, HoldScoresUpToWhatTheirFormsDo) {
  recurrence::PathParameters parameters{.local = true, .gap_open = 6, .gap_extend = 1, .highest = 1};
  for (const PathKernel& kernel : path_kernels(ScoreKind::letters, false)) {
    EXPECT_TRUE(kernel.holds(parameters, 10000, 10000, 1, 8000));
    EXPECT_EQ(kernel.holds(parameters, 10000, 10000, 1, 8190), kernel.shape.parts == 1);
    parameters.local = false;
    EXPECT_TRUE(kernel.holds(parameters, 1000, 1000, -1000, 1000)) << "zero has to be 3000 above the floor";
    EXPECT_EQ(kernel.holds(parameters, 3000, 3000, 0, 3000), kernel.shape.parts == 1);
    parameters.local = true;
  }
}

TEST(PathKernels, HaveBlocksForAllPairs) {
  for (const PathKernel& kernel : path_kernels(ScoreKind::matrix, false)) {
    const std::int64_t pairs_per_block = std::int64_t{kernel.shape.parts} * kernel.shape.groups_per_block();
    EXPECT_EQ(kernel.blocks_for(0), 0);
    EXPECT_EQ(kernel.blocks_for(pairs_per_block), 1);
    EXPECT_EQ(kernel.blocks_for(pairs_per_block + 1), 2);
  }
}

}  // namespace
}  // namespace anneal::align::cuda
