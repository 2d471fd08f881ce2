#include "array/gpu/product_tile.h"

#include <algorithm>

namespace anneal::array::gpu {
namespace {

std::int64_t pieces(std::int64_t size, std::int64_t piece) { return (size + piece - 1) / piece; }

std::int64_t groups_of(const ProductSizes& sizes, const ProductTile& tile) {
  return sizes.batch * pieces(sizes.rows, tile.rows()) * pieces(sizes.columns, tile.columns());
}

// Of each table, the first tile that gives every unit a few groups, or the last one.
constexpr ProductTile square_tiles[] = {{8, 8}, {4, 4}, {2, 2}};
constexpr ProductTile wide_tiles[] = {{1, 8}, {1, 4}, {1, 1}};
constexpr ProductTile tall_tiles[] = {{8, 1}, {4, 1}, {1, 1}};
constexpr int groups_per_unit = 2;
constexpr unsigned most_outputs_of_8_bytes = 16;  // of a thread: they are in registers

ProductTile choose(std::span<const ProductTile> tiles, const ProductSizes& sizes, std::size_t computed_bytes,
                   int units) {
  for (const ProductTile& tile : tiles) {
    if (computed_bytes == 8 && tile.thread_rows * tile.thread_columns > most_outputs_of_8_bytes) continue;
    if (groups_of(sizes, tile) >= std::int64_t{units} * groups_per_unit) return tile;
  }
  return tiles.back();
}

ProductTile tile_for(const ProductSizes& sizes, std::size_t computed_bytes, int units) {
  if (sizes.rows <= 16) return choose(wide_tiles, sizes, computed_bytes, units);
  if (sizes.columns <= 16) return choose(tall_tiles, sizes, computed_bytes, units);
  return choose(square_tiles, sizes, computed_bytes, units);
}

}  // namespace

ProductCut product_cut(const ProductSizes& sizes, std::size_t computed_bytes, int units) {
  const ProductTile tile = tile_for(sizes, computed_bytes, units);
  constexpr std::int64_t least_part = 256;
  constexpr std::int64_t most_parts = 64;
  const std::int64_t wanted = std::int64_t{units} * groups_per_unit / std::max<std::int64_t>(1, groups_of(sizes, tile));
  std::int64_t parts = std::clamp<std::int64_t>(std::min(wanted, sizes.inner / least_part), 1, most_parts);
  const std::int64_t part_inner = pieces(pieces(sizes.inner, parts), product_tile_inner) * product_tile_inner;
  parts = std::max<std::int64_t>(1, pieces(sizes.inner, std::max<std::int64_t>(part_inner, 1)));
  return {tile, parts, part_inner};
}

}  // namespace anneal::array::gpu
