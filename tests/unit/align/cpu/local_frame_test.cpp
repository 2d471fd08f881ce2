#include "align/cpu/local_frame.h"

#include <gtest/gtest.h>

#include "support/matrices.h"
#include "support/random_options.h"
#include "support/test_settings.h"

namespace anneal::align::cpu {
namespace {

// The arithmetic that the kernel does without saturation must stay within the type.
void expect_no_wrap(const AlignOptions& options, int bits, const LocalFrame& frame) {
  const std::int64_t max = (std::int64_t{1} << bits) - 1, extend = options.gap_extend;
  const std::int64_t best = std::max(options.matrix.highest(), 0), lowest = std::min(options.matrix.lowest(), -1);
  // A gap opened from, and letters aligned after, a score of 0 in the previous tile's first row.
  EXPECT_GE(frame.bias - options.gap_open - tile_columns * extend, 0);
  EXPECT_GE(frame.bias - 2 * extend + lowest, 0);
  // The best letters aligned after the highest score, where the drift ends.
  EXPECT_LE(frame.bias + frame.highest + best + (frame.block_rows + tile_columns - 2) * extend, max);
}

TEST(LocalFrame, LeavesNoRoomToWrap) {
  test::Random random(test::seed_of("LocalFrame"));
  for (int round = 0; round < 2000; ++round) {
    AlignOptions options;
    options.matrix = test::any_matrix(random, random.chance(0.5) ? Alphabet::dna : Alphabet::protein);
    options.gap_open = random.chance(0.2) ? random.between(0, 32767) : random.between(0, 40);
    options.gap_extend = random.chance(0.2) ? random.between(0, 32767) : random.between(0, 10);
    for (const int bits : {8, 16, 32}) {
      SCOPED_TRACE(test::describe(options) + ", " + std::to_string(bits) + " bits");
      const std::int64_t wanted = random.between(0, 300);
      const LocalFrame frame = local_frame(options, bits, wanted);
      EXPECT_TRUE(frame.possible || bits < 32);
      if (!frame.possible) continue;
      expect_no_wrap(options, bits, frame);
      EXPECT_TRUE(frame.block_rows == 1 || frame.highest >= wanted);
      EXPECT_EQ(frame.block_rows & (frame.block_rows - 1), 0);
      EXPECT_LE(frame.block_rows, LocalFrame::most_block_rows);
      EXPECT_TRUE(bits > 8 || options.matrix.highest() + 2 * options.gap_extend <= 127);
    }
  }
}

TEST(LocalFrame, DriftsFurtherWhereScoresAreLow) {
  const AlignOptions options;
  EXPECT_GT(local_frame(options, 8, 100).block_rows, local_frame(options, 8, 200).block_rows);
  EXPECT_EQ(local_frame(options, 16, 100).block_rows, LocalFrame::most_block_rows);
}

}  // namespace
}  // namespace anneal::align::cpu
