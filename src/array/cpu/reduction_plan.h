// How a reduction's input is cut into tiles: by shape alone, so that results do not depend on strides or threads.
#pragma once

#include <cstdint>

#include "array/nest.h"

namespace anneal::array::cpu {

/// Neighbouring axes that all are reduced, or all are not, are a group. The innermost group, and one more if it is
/// short, are the run. What each tile gives is `width` neighbouring results; those of the same results are combined in
/// the order of the input's elements.
struct ReductionPlan {
  enum class Form : std::uint8_t {
    long_rows,      ///< reduced innermost: a tile is a piece of a row
    short_rows,     ///< the same: a tile is several rows
    long_columns,   ///< reduced further out: a tile is a piece of a row, each element for another result
    short_columns,  ///< the same: a tile is several rows, which are combined
  };
  Form form = Form::long_rows;
  std::int64_t tile = 0;         ///< the most elements of a tile
  std::int64_t row = 1;          ///< elements of a row of the run
  std::int64_t rows = 1;         ///< how many the run has
  std::int64_t tile_rows = 1;    ///< the most that a tile has, if it has whole ones
  std::int64_t run_blocks = 1;   ///< tiles of a run that are for different results
  std::int64_t run_pieces = 1;   ///< tiles of a run that are for the same results
  std::int64_t run_results = 1;  ///< results that a run has a part in
  std::int64_t blocks = 1;       ///< of all
  std::int64_t pieces = 1;       ///< of each block
  std::int64_t width = 1;        ///< the most results of a block

  struct Tile {
    std::int64_t kept;  ///< of the run: see Machine::seek()
    std::int64_t reduced;
    std::int64_t first;   ///< element of the run
    std::int64_t count;   ///< elements
    std::int64_t result;  ///< the first of its results
    std::int64_t width;   ///< how many
    std::int64_t place;   ///< of the first element, among those that are reduced to the same result
  };
  Tile tile_at(std::int64_t block, std::int64_t piece) const;
};

/// Elements of the tiles of a reduction over elements of this type.
std::int64_t reduction_tile(DType dtype);

/// Of joined axes; sets how many of them are the run. `tile` is at least 2.
ReductionPlan plan_reduction(std::int64_t tile, Nest& nest);

}  // namespace anneal::array::cpu
