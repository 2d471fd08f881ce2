// How many target columns the inter-sequence kernels keep in registers at a time.
#pragma once

#include "device/cpu/highway_config.h"
// After the configuration.
#include <hwy/detect_targets.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace anneal::align::cpu {

/// Target columns of a tile of local alignments, for scores of 8, 16 and 32 bits.
struct LocalTiles {
  std::int64_t targets;  ///< of Highway
  std::int64_t columns[3];
};

/// A tile of n columns has n vectors each of H, F, letters and, where alignments may begin, floors. The fewer
/// registers, the more of these are in memory; but the fewer columns, the more often H and E of a tile's edges are
/// loaded and stored. Of the rows that have a target, the first one counts.
inline constexpr LocalTiles local_tiles[] = {
    {(HWY_AVX3 << 1) - 1, {6, 6, 4}},  // AVX-512 and what is better; 32 bits not measured
    {HWY_AVX2, {4, 4, 4}},
    {-1, {4, 4, 4}},  // by registers, not measured: NEON and SVE have 32, SSE has 16
};

/// Of the other modes, everywhere: with AVX2 and AVX-512, tiles of 2, 6 or 8 columns are no faster. The kernel names
/// its vectors one by one, because what tiles of any width need makes it slower. Streams have a constant of their own,
/// too (stream_frame.h).
inline constexpr std::int64_t other_tile_columns = 4;

inline constexpr std::int64_t most_tile_columns = 8;  ///< to be sensible; nothing else limits them

constexpr std::int64_t local_tile_columns(std::int64_t target, std::size_t score_bytes) {
  const std::size_t width = score_bytes == 1 ? 0 : score_bytes == 2 ? 1 : 2;
  for (const LocalTiles& tiles : local_tiles) {
    if ((target & tiles.targets) != 0) return tiles.columns[width];
  }
  return 0;
}

static_assert(std::ranges::all_of(local_tiles, [](const LocalTiles& tiles) {
  return std::ranges::all_of(tiles.columns, [](std::int64_t n) { return n >= 1 && n <= most_tile_columns; });
}));

}  // namespace anneal::align::cpu
