// What the intra-sequence kernel works on: one pair, a vector along each antidiagonal i + j.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "align/cpu/lane_job.h"
#include "align/recurrence/boundary.h"
#include "align/recurrence/excluded_ends.h"

namespace anneal::align::cpu {

/// Rows of the cells inside the matrix and the band on one antidiagonal, row 0 and column 0 left out.
struct DiagonalRange {
  std::int64_t first_row;
  std::int64_t last_row;  ///< first_row - 1: no cell

  std::int64_t count() const { return last_row - first_row + 1; }
};

inline std::int64_t floor_half(std::int64_t value) { return value >> 1; }

// For every antidiagonal, of which some take less time than a call.
[[gnu::always_inline]] inline DiagonalRange diagonal_range(std::int64_t diagonal, std::int64_t rows,
                                                           std::int64_t columns, const Band& band) {
  DiagonalRange range{std::max<std::int64_t>(1, diagonal - columns), std::min(rows, diagonal - 1)};
  if (band.width >= 0) {
    range.first_row = std::max(range.first_row, floor_half(diagonal - band.centre - band.width + 1));
    range.last_row = std::min(range.last_row, floor_half(diagonal - band.centre + band.width));
  }
  // An empty range stays next to the matrix.
  range.first_row = std::min(range.first_row, rows + 1);
  range.last_row = std::max(range.last_row, range.first_row - 1);
  return range;
}

/// Computes antidiagonals first + 1 .. last. All arrays are of the kernel's score type, indexed by row 0..rows, and may
/// be read and written one vector beyond.
struct DiagonalJob {
  const std::uint8_t* query = nullptr;            ///< code of row i at [i - 1]; readable one vector beyond
  const std::uint8_t* target_reversed = nullptr;  ///< code of column j at [columns - j]; readable one vector beyond
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t row_limit = 0;     ///< rows beyond are not needed
  std::int64_t column_limit = 0;  ///< columns beyond are not needed
  const ScoreTable* scores = nullptr;
  Boundary boundary;
  Band band;
  std::int64_t first = 0;
  std::int64_t last = 0;

  void* h[2] = {nullptr, nullptr};  ///< H of the last even and the last odd antidiagonal
  void* e = nullptr;                ///< E(i,j+1) of the last antidiagonal
  void* f = nullptr;                ///< F(i+1,j) of the last antidiagonal

  Track track = Track::nothing;
  void* best = nullptr;                    ///< best_score: one vector; best_cell: best H of each row
  void* best_diagonal = nullptr;           ///< best_cell: the first antidiagonal with it
  recurrence::ExcludedEnds excluded_ends;  ///< best_cell: columns that do not count
  void* last_row = nullptr;                ///< last_cells: H(rows,j) at [j]
  void* last_column = nullptr;             ///< last_cells: H(i,columns) at [i]

  std::uint8_t* trace = nullptr;  ///< where not null: trace_stride bytes per antidiagonal
  std::size_t trace_stride = 0;
};

}  // namespace anneal::align::cpu
