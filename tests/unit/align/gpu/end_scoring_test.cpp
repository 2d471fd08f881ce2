#include "align/gpu/end_scoring.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace anneal::align::gpu {
namespace {

// It scores 0, and so more than any letter pair, which 8 signed bits do not hold.
TEST(EndScoring, HasNoTableThatPaddingDoesNotFitInto) {
  test::Random random(3);
  AlignOptions options;
  options.mode = Mode::ends_free;
  options.matrix = test::random_matrix(random, Alphabet::dna, -100, -1);
  options.gap_open = 64;
  for (const int gap_extend : {62, 63, 64, 65}) {
    options.gap_extend = gap_extend;
    options.free_ends.target_begin = true;
    EXPECT_EQ(matrix_scoring(options).table.empty(), gap_extend > 63);
    options.free_ends.target_begin = false;
    EXPECT_FALSE(matrix_scoring(options).table.empty());
  }
}

}  // namespace
}  // namespace anneal::align::gpu
