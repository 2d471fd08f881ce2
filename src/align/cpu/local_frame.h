// How local scores are stored in unsigned lanes.
//
// A lane holds H(i,j) + bias + gap_extend * ((i - 1) % block_rows + (j - 1) % tile_columns). In this drifting frame the
// extension of a gap costs nothing, and because nothing falls below 0, plain arithmetic does: no operation saturates.
//
// Where a pair is known to score nearly as much as matches alone would, its scores fit 8 bits at any length: each block
// of rows is lowered by what matches in the block before it are worth. No score is more than that behind in row i if
// its alignment is to lose at most `loss` against matches in all rows, so what is lower may be lifted to that.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "align/cpu/lane_job.h"
#include "anneal/align.h"

namespace anneal::align::cpu {

/// What a diagonal step adds to a score in the drifting frames of 8 bits, here and in strip_job.h; 0 where scores would
/// no longer fit, and then no such frame is used.
inline int drift_in_8_bits(const AlignOptions& options) {
  const int drift = 2 * options.gap_extend;
  return std::max(options.matrix.highest(), 0) + drift <= 127 ? drift : 0;
}

/// Room below every stored score. The previous tile's last column is `tile_columns` places further along.
inline std::int64_t lowest_stored(const AlignOptions& options, std::int64_t tile_columns) {
  const std::int64_t extend = options.gap_extend, lowest = std::min(options.matrix.lowest(), -1);
  return std::max(options.gap_open + tile_columns * extend, 2 * extend - lowest);
}

/// The frame for lanes of 8, 16 or 32 bits in which scores up to `wanted` fit, if they can. The longer its blocks, the
/// less is spent on their starts.
inline LocalFrame local_frame(const AlignOptions& options, int bits, std::int64_t tile_columns, std::int64_t wanted) {
  const std::int64_t max = (std::int64_t{1} << bits) - 1, extend = options.gap_extend;
  const std::int64_t best = std::max(options.matrix.highest(), 0);
  LocalFrame frame;
  frame.bias = frame.lowest = lowest_stored(options, tile_columns);
  const auto highest = [&](std::int64_t block_rows) {
    return max - frame.bias - (block_rows + tile_columns - 2) * extend - best;
  };
  while (frame.block_rows < LocalFrame::most_block_rows && highest(2 * frame.block_rows) >= wanted) {
    frame.block_rows *= 2;
  }
  frame.highest = highest(frame.block_rows);
  const bool table_fits = bits > 8 || drift_in_8_bits(options) == 2 * extend;
  // Where few scores fit, most pairs would be computed again.
  frame.possible = table_fits && frame.highest >= max / 4 && options.gap_open + extend <= max / 2;
  return frame;
}

/// Losses up to this one fit a frame_of_loss() of 8 bits; below 0 if there is none.
inline std::int64_t most_loss_in_8_bits(const AlignOptions& options, std::int64_t tile_columns,
                                        std::int64_t block_rows) {
  const std::int64_t extend = options.gap_extend, best = options.matrix.highest();
  if (best <= 0 || drift_in_8_bits(options) != 2 * extend) return -1;
  return 255 - lowest_stored(options, tile_columns) - block_rows * (best + extend) - (tile_columns - 2) * extend - best;
}

/// The frame for lanes of 8 bits in which alignments of any length fit that lose at most `loss` against matches in all
/// rows of the matrix, if they can.
inline LocalFrame frame_of_loss(const AlignOptions& options, std::int64_t tile_columns, std::int64_t loss) {
  LocalFrame frame;
  frame.block_rows = LocalFrame::least_block_rows;
  if (most_loss_in_8_bits(options, tile_columns, frame.block_rows) < loss) return frame;
  while (frame.block_rows < LocalFrame::most_block_rows &&
         most_loss_in_8_bits(options, tile_columns, 2 * frame.block_rows) >= loss) {
    frame.block_rows *= 2;
  }
  frame.row_gain = options.matrix.highest();
  frame.lowest = lowest_stored(options, tile_columns);
  frame.bias = frame.lowest + most_loss_in_8_bits(options, tile_columns, frame.block_rows);
  frame.highest = std::numeric_limits<std::int32_t>::max();
  frame.possible = true;
  return frame;
}

}  // namespace anneal::align::cpu
