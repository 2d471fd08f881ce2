// How local scores are stored in unsigned lanes.
//
// A lane holds H(i,j) + bias + gap_extend * ((i - 1) % block_rows + (j - 1) % tile_columns). In this drifting frame the
// extension of a gap costs nothing, and because nothing falls below 0, plain arithmetic does: no operation saturates.
#pragma once

#include <algorithm>
#include <cstdint>

#include "align/cpu/lane_job.h"
#include "anneal/align.h"

namespace anneal::align::cpu {

/// What a diagonal step adds to a score in the drifting frames of 8 bits, here and in strip_job.h; 0 where scores would
/// no longer fit, and then no such frame is used.
inline int drift_in_8_bits(const AlignOptions& options) {
  const int drift = 2 * options.gap_extend;
  return std::max(options.matrix.highest(), 0) + drift <= 127 ? drift : 0;
}

/// The frame for lanes of 8, 16 or 32 bits in which scores up to `wanted` fit, if they can. The longer its blocks, the
/// less is spent on their starts.
inline LocalFrame local_frame(const AlignOptions& options, int bits, std::int64_t wanted) {
  const std::int64_t max = (std::int64_t{1} << bits) - 1, extend = options.gap_extend;
  const std::int64_t lowest = std::min(options.matrix.lowest(), -1), best = std::max(options.matrix.highest(), 0);
  LocalFrame frame;
  // The previous tile's last column is 4 places further along.
  frame.bias = std::max(options.gap_open + tile_columns * extend, 2 * extend - lowest);
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

}  // namespace anneal::align::cpu
