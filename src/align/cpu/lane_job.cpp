#include "align/cpu/lane_job.h"

#include <algorithm>

namespace anneal::align::cpu {

TileLayout::TileLayout(std::int64_t rows, std::int64_t columns, const Band& band, std::int64_t tile_columns)
    : tile_columns_(tile_columns) {
  tiles_.reserve(static_cast<std::size_t>(tile_count(columns, tile_columns)));
  for (std::int64_t column = 1; column <= columns; column += tile_columns) {
    Tile tile{.first_row = 1, .last_row = rows, .first_cell = cells_};
    if (band.width >= 0) {
      tile.first_row = std::max<std::int64_t>(1, column - band.centre - band.width);
      tile.last_row = std::min(rows, column + tile_columns - 1 - band.centre + band.width);
    }
    cells_ += std::max<std::int64_t>(0, tile.last_row - tile.first_row + 1) * tile_columns;
    tiles_.push_back(tile);
  }
}

}  // namespace anneal::align::cpu
