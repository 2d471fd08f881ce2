// How many target columns the inter-sequence kernels keep in registers at a time, per instruction set.
#pragma once

#include <hwy/detect_targets.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace anneal::align::cpu {

/// Target columns of a tile.
struct TileShape {
  std::int64_t local = 0;  ///< of local alignments
  std::int64_t other = 0;  ///< of those of the other modes

  constexpr std::int64_t columns(bool is_local) const { return is_local ? local : other; }
};

/// Shapes for scores of 8, 16 and 32 bits.
struct TileShapes {
  std::int64_t targets;  ///< of Highway
  TileShape width[3];
};

/// A tile of n columns has n vectors each of H, F, letters and, where alignments may begin, floors. The fewer
/// registers, the more of these are in memory; but the fewer columns, the more often H and E of a tile's edges are
/// loaded and stored. Of the rows that have a target, the first one counts. Streams have a constant of their own:
/// transpositions of four vectors fix their width (stream_job.h).
inline constexpr TileShapes tile_shapes[] = {
    {(HWY_AVX3 << 1) - 1, {{4, 4}, {4, 4}, {4, 4}}},  // AVX-512 and what is better
    {HWY_AVX2, {{4, 4}, {4, 4}, {4, 4}}},
    {-1, {{4, 4}, {4, 4}, {4, 4}}},  // by registers, not measured: NEON and SVE have 32, SSE has 16
};

inline constexpr std::int64_t most_tile_columns = 8;  ///< to be sensible; nothing else limits them

/// With ANNEAL_TILE_COLUMNS defined, all tiles are that wide: to measure what belongs into the table.
constexpr TileShape tile_shape(std::int64_t target, std::size_t score_bytes) {
#ifdef ANNEAL_TILE_COLUMNS
  return target != 0 && score_bytes != 0 ? TileShape{ANNEAL_TILE_COLUMNS, ANNEAL_TILE_COLUMNS} : TileShape{};
#else
  const std::size_t width = score_bytes == 1 ? 0 : score_bytes == 2 ? 1 : 2;
  for (const TileShapes& shapes : tile_shapes) {
    if ((target & shapes.targets) != 0) return shapes.width[width];
  }
  return {};
#endif
}

constexpr bool are_tile_shapes_sound() {
  for (const TileShapes& shapes : tile_shapes) {
    for (const TileShape& shape : shapes.width) {
      if (std::min(shape.local, shape.other) < 1 || std::max(shape.local, shape.other) > most_tile_columns)
        return false;
    }
  }
  return true;
}
static_assert(are_tile_shapes_sound());

}  // namespace anneal::align::cpu
