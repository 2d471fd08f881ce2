#include "align/cpu/local_frame.h"

#include <gtest/gtest.h>

#include "align/cpu/tile_shapes.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/test_settings.h"

namespace anneal::align::cpu {
namespace {

// The arithmetic that the kernel does without saturation must stay within the type.
void expect_no_wrap(const AlignOptions& options, int bits, std::int64_t tile_columns, const LocalFrame& frame) {
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
      const std::int64_t wanted = random.between(0, 300), tile_columns = random.between(1, most_tile_columns);
      const LocalFrame frame = local_frame(options, bits, tile_columns, wanted);
      EXPECT_TRUE(frame.possible || bits < 32);
      if (!frame.possible) continue;
      expect_no_wrap(options, bits, tile_columns, frame);
      EXPECT_TRUE(frame.block_rows == 1 || frame.highest >= wanted);
      EXPECT_EQ(frame.block_rows & (frame.block_rows - 1), 0);
      EXPECT_LE(frame.block_rows, LocalFrame::most_block_rows);
      EXPECT_TRUE(bits > 8 || options.matrix.highest() + 2 * options.gap_extend <= 127);
    }
  }
}

// Those that no alignment of any length gets out of, whatever is lifted.
TEST(LocalFrame, OfALossLeavesNoRoomToWrap) {
  test::Random random(test::seed_of("LocalFrameOfLoss"));
  int possible = 0;
  for (int round = 0; round < 2000; ++round) {
    AlignOptions options;
    options.matrix = test::any_matrix(random, random.chance(0.8) ? Alphabet::dna : Alphabet::protein);
    options.gap_open = random.between(0, 40);
    options.gap_extend = random.between(0, 10);
    SCOPED_TRACE(test::describe(options));
    const std::int64_t loss = random.between(0, 260), tile_columns = random.between(1, most_tile_columns);
    const LocalFrame frame = frame_of_loss(options, tile_columns, loss);
    EXPECT_TRUE(frame.possible || loss > most_loss_in_8_bits(options, tile_columns, LocalFrame::least_block_rows));
    if (!frame.possible) continue;
    ++possible;
    LocalFrame first = frame;
    first.bias = frame.lowest;
    first.highest = 0;
    expect_no_wrap(options, 8, tile_columns, first);
    EXPECT_GE(frame.bias - frame.lowest, loss);
    EXPECT_EQ(frame.row_gain, options.matrix.highest());
    // The highest score at the end of a block, and what is lifted when the next one begins.
    const std::int64_t gain = frame.block_rows * frame.row_gain;
    EXPECT_LE(frame.bias + gain + frame.row_gain + (frame.block_rows + tile_columns - 2) * options.gap_extend, 255);
  }
  EXPECT_GT(possible, 100);
}

TEST(LocalFrame, LowersEachBlockByWhatTheRowsBeforeGain) {
  LocalFrame frame;
  frame.block_rows = 8;
  frame.row_gain = 3;
  EXPECT_EQ(frame.lowered_by(1), 0);
  EXPECT_EQ(frame.lowered_by(8), 0);
  EXPECT_EQ(frame.lowered_by(9), 24);
  EXPECT_EQ(frame.lowered_by(17), 48);
}

TEST(LocalFrame, DriftsFurtherWhereScoresAreLow) {
  const AlignOptions options;
  EXPECT_GT(local_frame(options, 8, 4, 100).block_rows, local_frame(options, 8, 4, 200).block_rows);
  EXPECT_EQ(local_frame(options, 16, 4, 100).block_rows, LocalFrame::most_block_rows);
}

}  // namespace
}  // namespace anneal::align::cpu
