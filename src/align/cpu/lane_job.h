// What the inter-sequence kernels work on: one pair per vector lane, letters interleaved.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "align/cpu/pair_scores.h"
#include "align/cpu/score_table.h"
#include "align/recurrence/boundary.h"

namespace anneal::align::cpu {

/// Tiles of `width` columns that hold these columns.
constexpr std::int64_t tile_count(std::int64_t columns, std::int64_t width) { return (columns + width - 1) / width; }

/// Where the trace of each tile of columns lies, and which rows it has: all, or those inside the band. Tiles are as
/// wide as the kernel's that fills them.
class TileLayout {
 public:
  struct Tile {
    std::int64_t first_row;  ///< from 1; first_row > last_row: empty
    std::int64_t last_row;
    std::int64_t first_cell;  ///< cells of the tiles before this one
  };

  TileLayout() = default;
  TileLayout(std::int64_t rows, std::int64_t columns, const Band& band, std::int64_t tile_columns);

  const Tile& operator[](std::int64_t tile) const { return tiles_[static_cast<std::size_t>(tile)]; }
  std::int64_t count() const { return static_cast<std::int64_t>(tiles_.size()); }
  std::int64_t cells() const { return cells_; }
  std::int64_t tile_columns() const { return tile_columns_; }
  /// Index of cell (i, j), both from 1, among the cells in storage order.
  std::int64_t index(std::int64_t i, std::int64_t j) const {
    const Place place = place_of(j);
    return index_in(place.tile, i, place.column);
  }
  /// That in column `column`, from 0, of a tile.
  std::int64_t index_in(std::int64_t tile, std::int64_t i, std::int64_t column) const {
    const Tile& shape = (*this)[tile];
    return shape.first_cell + (i - shape.first_row) * tile_columns_ + column;
  }

  struct Place {
    std::int64_t tile, column;  ///< both from 0; the column within the tile
  };
  /// Where column `j`, from 1, is. Divides: not for every cell.
  Place place_of(std::int64_t j) const {
    const auto before = static_cast<std::uint32_t>(j - 1), width = static_cast<std::uint32_t>(tile_columns_);
    return {before / width, before % width};
  }

 private:
  std::int64_t tile_columns_ = 1;
  std::vector<Tile> tiles_;
  std::int64_t cells_ = 0;
};

/// What to keep of the cells where alignments may end.
enum class Track {
  nothing,     ///< trace only
  best_score,  ///< the highest H
  best_cell,   ///< the highest H and the first cell that has it
  last_cells,  ///< H on each lane's own last row and last column
};

/// How local scores are stored in lanes; local_frame.h says what this means.
struct LocalFrame {
  static constexpr std::int64_t most_block_rows = 256;
  static constexpr std::int64_t least_block_rows = 8;  ///< with a row_gain

  std::int64_t bias = 0;        ///< what 0 is stored as where the drift starts, in the first block
  std::int64_t lowest = 0;      ///< what is stored at least where the drift starts, in any block
  std::int64_t block_rows = 1;  ///< a power of two: where the drift of the rows starts again
  std::int64_t row_gain = 0;    ///< what each block is lower by, per row of the one before it
  std::int64_t highest = 0;     ///< no score up to this one overflows
  bool possible = false;        ///< whether enough scores fit

  /// What scores in the block that row `i`, from 1, is in are lower by than in the first one.
  std::int64_t lowered_by(std::int64_t i) const { return ((i - 1) & -block_rows) * row_gain; }
  std::int64_t row_in_block(std::int64_t i) const { return (i - 1) & (block_rows - 1); }
  /// What a block that much lower holds at least, without the drift: a score of 0, or one too low to matter.
  std::int64_t lowest_when(std::int64_t lowered) const { return std::max(bias - lowered, lowest); }
};

/// Which cells of local alignments matter. Kernels may keep too little of the others, and too low values; with a
/// LocalFrame::row_gain also higher ones, but none that an alignment that matters could come from.
struct LocalZone {
  std::int64_t last_begin_row = std::numeric_limits<std::int64_t>::max();  ///< none that matters begins after it
  std::int64_t last_begin_column = std::numeric_limits<std::int64_t>::max();
  std::int64_t first_end_row = 1;  ///< none that matters ends before it
  std::int64_t first_end_column = 1;
  std::int64_t first_exact_row = 1;  ///< of rows before it, best_cell may keep LaneJob::score_before alone
};

/// What local alignments that matter lose at most, against matches of the best letters in all rows and in all columns
/// of their own matrix. In cell (i,j) they have a score of `match` * i - `in_rows`, and of `match` * j - `in_columns`,
/// or more; cells with less, and those that only alignments through them reach, need not be computed.
struct LocalLoss {
  static constexpr std::int64_t any = std::int64_t{1} << 50;

  std::int64_t match = 0;  ///< what two letters score at most
  std::int64_t in_rows = any;
  std::int64_t in_columns = any;

  bool matters() const { return in_rows < any; }
  void include(const LocalLoss& other) {
    match = std::max(match, other.match);
    in_rows = std::max(in_rows, other.in_rows);
    in_columns = std::max(in_columns, other.in_columns);
  }
  /// What alignments of a rows x columns matrix have in their last cell at least if they lose no more.
  std::int64_t least_score(std::int64_t rows, std::int64_t columns) const {
    return std::max(match * rows - in_rows, match * columns - in_columns);
  }
  /// Those that begin after these rows and columns lose more.
  std::int64_t last_begin_row() const { return 1 + in_rows / std::max<std::int64_t>(match, 1); }
  std::int64_t last_begin_column() const { return 1 + in_columns / std::max<std::int64_t>(match, 1); }
};

/// One vector of pairs. `lanes` is the vector's lane count for the kernel's score width.
struct LaneJob {
  const std::uint8_t* query = nullptr;   ///< codes [row][lane], padded to `rows`
  const std::uint8_t* target = nullptr;  ///< codes [column][lane], padded to whole tiles
  const std::int32_t* query_lengths = nullptr;
  const std::int32_t* target_lengths = nullptr;
  std::int64_t rows = 0;                    ///< longest query
  std::int64_t columns = 0;                 ///< longest target
  const ScoreTable* scores = nullptr;       ///< of local scores in 8 bits: each more by twice gap_extend
  const PairScores* pair_scores = nullptr;  ///< where not null: instead of them, with numbers for codes
  Boundary boundary;
  Band band;  ///< one for all lanes
  const TileLayout* layout = nullptr;
  void* workspace = nullptr;  ///< lane_workspace_vectors() vectors, aligned

  Track track = Track::nothing;
  std::int32_t* score = nullptr;       ///< per lane; `overflowed` where the width did not suffice
  std::int32_t* query_end = nullptr;   ///< per lane, with best_cell
  std::int32_t* target_end = nullptr;  ///< per lane, with best_cell
  LocalFrame frame = {};               ///< of local scores
  LocalZone zone = {};
  LocalLoss loss = {};
  std::int64_t* cells_left_out = nullptr;  ///< with local scores, where not null: cells of layout not computed
  std::int32_t* score_before = nullptr;    ///< per lane, with best_cell: no score before zone.first_exact_row is higher
  bool query_end_free = false;             ///< with last_cells
  bool target_end_free = false;            ///< with last_cells
  std::uint8_t* trace = nullptr;  ///< where not null: trace_masks masks of one bit per lane for each cell of layout

  static constexpr std::int32_t overflowed = -1;  // Only local scores, which are never negative, can overflow.
};

/// Masks per cell in a lane trace, in the order of TraceBit.
inline constexpr int trace_masks = 4;
constexpr std::size_t mask_bytes(std::size_t lanes) { return (lanes + 7) / 8; }

/// Vectors of workspace that a job of this shape needs.
inline std::size_t lane_workspace_vectors(std::int64_t rows, std::int64_t columns, std::int64_t tile_columns) {
  return static_cast<std::size_t>(4 * (rows + 1) + 2 * (columns + tile_columns + 1));
}

}  // namespace anneal::align::cpu
