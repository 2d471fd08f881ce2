// What the strip kernel works on: one pair, a vector of neighbouring query rows that moves along the target.
//
// Scores are kept as differences between neighbouring cells, which fit a byte at any length. With
// H'(i,j) = H(i,j) + gap_extend * (i + j), where extending a gap costs nothing (E' and F' likewise), a cell has
//
//   u = H'(i,j) - H'(i-1,j)      b = E'(i,j+1) - H'(i-1,j)     for the cell to its right
//   v = H'(i,j) - H'(i,j-1)      c = F'(i+1,j) - H'(i,j-1)     for the cell below
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "align/cpu/score_table.h"
#include "align/recurrence/boundary.h"
#include "anneal/align.h"

namespace anneal::align::cpu {

/// Whether all differences fit a byte: u and v lie in [-open, highest + open + 2 extend], b and c in
/// [-2 open, highest + 2 extend], and minus infinity has to stay below every choice.
inline bool differences_fit(const SubstitutionMatrix& matrix, const Boundary& boundary) {
  const int open = boundary.gap_open, drift = 2 * boundary.gap_extend;
  return !boundary.local && 2 * open < 127 && std::max(matrix.highest(), 0) + open + drift <= 127 &&
         matrix.lowest() + drift - open > -127;
}

/// v and c of one row.
struct StripRow {
  std::int8_t* v = nullptr;  ///< of column j at [j - first_column]
  std::int8_t* c = nullptr;  ///< likewise
  std::int64_t first_column = 0;
};

/// Steps between saved states.
inline constexpr std::int64_t strip_tile_steps = 64;
/// Vectors of a saved state, for each vector of a strip.
inline constexpr std::size_t strip_state_vectors = 4;

/// Computes steps first_step .. last_step of a strip: at step t, row first_row + k is in column t - k.
struct StripJob {
  int vectors = 1;                                ///< below each other: 1 or 2
  const std::uint8_t* query = nullptr;            ///< code of row first_row at [0]; readable for the strip's rows
  const std::uint8_t* target_reversed = nullptr;  ///< code of column j, prepared, at [columns - j]; readable as far as
                                                  ///< the strip has rows before and beyond
  std::int64_t columns = 0;
  std::int64_t first_row = 1;
  std::int64_t first_step = 1;
  std::int64_t last_step = 0;
  std::int64_t lowest_diagonal = 0;  ///< of the band
  std::int64_t highest_diagonal = 0;
  const ScoreTable* scores = nullptr;  ///< each more by twice gap_extend
  Boundary boundary;
  StripRow above;  ///< of row first_row - 1, at columns first_step .. last_step
  StripRow
      below;  ///< without trace: receives those of the strip's last row, from as many columns before as it has rows
  const std::int8_t* from = nullptr;  ///< state before first_step; null where the strip begins there
  std::int8_t* states = nullptr;      ///< where not null: receives the state before every strip_tile_steps-th step
  std::uint8_t* trace = nullptr;      ///< where not null: receives trace_masks masks per step, in the order of TraceBit
};

}  // namespace anneal::align::cpu
