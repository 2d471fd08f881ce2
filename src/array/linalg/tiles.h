// How products of matrices are cut into pieces for threads: by their shapes alone, so that results do not depend on how
// many threads there are.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

namespace anneal::array::linalg {

struct Tile {
  std::int64_t row;
  std::int64_t column;
  std::int64_t rows;
  std::int64_t columns;
};

/// Tiles of up to 256 x 1024: BLAS repacks its operands for each, which costs a few per cent at this size, and the
/// result's tile stays in the second or third cache for what is done to it next.
class Tiles {
 public:
  Tiles(std::int64_t rows, std::int64_t columns) : rows_(rows), columns_(columns) {
    // A power of two of them is shared evenly by most machines' threads.
    const auto row_pieces = std::bit_ceil(static_cast<std::uint64_t>(pieces(rows, 256)));
    tile_rows_ = pieces(pieces(rows, static_cast<std::int64_t>(row_pieces)), 8) * 8;
    tile_columns_ = pieces(pieces(columns, pieces(columns, 1024)), 8) * 8;
    across_ = pieces(columns, tile_columns_);
    count_ = pieces(rows, tile_rows_) * across_;
  }
  std::int64_t count() const { return count_; }
  Tile operator[](std::int64_t k) const {
    const std::int64_t row = k / across_ * tile_rows_;
    const std::int64_t column = k % across_ * tile_columns_;
    return {row, column, std::min(tile_rows_, rows_ - row), std::min(tile_columns_, columns_ - column)};
  }

 private:
  static std::int64_t pieces(std::int64_t size, std::int64_t piece) { return (size + piece - 1) / piece; }

  std::int64_t rows_;
  std::int64_t columns_;
  std::int64_t tile_rows_ = 0;
  std::int64_t tile_columns_ = 0;
  std::int64_t across_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace anneal::array::linalg
