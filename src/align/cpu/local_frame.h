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
  const bool table_fits = bits > 8 || best + 2 * extend <= 127;
  // Where few scores fit, most pairs would be computed again.
  frame.possible = table_fits && frame.highest >= max / 4 && options.gap_open + extend <= max / 2;
  return frame;
}

}  // namespace anneal::align::cpu
