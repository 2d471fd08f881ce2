// The cells of a matrix, antidiagonal by antidiagonal: those of equal i + j.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Cells (i, j) with letters on both sides, whose diagonal j - i the band holds. Fewer than 2^28 letters together.
struct Antidiagonals {
  int rows;
  int columns;
  int lowest;  ///< diagonal of the band and the matrix, row 0 and column 0 included
  int highest;

  /// `band` is Band::width, `centre` its centre.
  ANNEAL_CONSTANT_FN static Antidiagonals of(int rows, int columns, int band, int centre) {
    Antidiagonals result = {rows, columns, -rows, columns};
    if (band < 0) return result;
    const long low = static_cast<long>(centre) - band, high = static_cast<long>(centre) + band;
    if (low > -rows) result.lowest = static_cast<int>(low < columns ? low : columns);
    if (high < columns) result.highest = static_cast<int>(high > -rows ? high : -rows);
    return result;
  }

  ANNEAL_CONSTANT_FN int last_sum() const { return rows + columns; }
  /// Antidiagonals from i + j = 2 to the last one.
  ANNEAL_CONSTANT_FN int count() const { return rows + columns - 1; }
  /// The lowest and the highest j of an antidiagonal; there are none where the lowest is above the highest.
  ANNEAL_CONSTANT_FN int first(int sum) const {
    const int in_band = (sum + lowest + 1) >> 1, in_matrix = sum - rows > 1 ? sum - rows : 1;
    return in_band > in_matrix ? in_band : in_matrix;
  }
  ANNEAL_CONSTANT_FN int last(int sum) const {
    const int in_band = (sum + highest) >> 1, in_matrix = sum - 1 < columns ? sum - 1 : columns;
    return in_band < in_matrix ? in_band : in_matrix;
  }
  ANNEAL_CONSTANT_FN bool is_empty(int sum) const { return first(sum) > last(sum); }

  ANNEAL_CONSTANT_FN int diagonals() const { return highest - lowest + 1; }
  /// No antidiagonal has more cells.
  ANNEAL_CONSTANT_FN int width() const {
    const int in_matrix = rows < columns ? rows : columns, in_band = (highest - lowest) / 2 + 1;
    return in_matrix < in_band ? in_matrix : in_band;
  }
};

/// antidiagonal_rank() of the cell at `place` among the cells 0..last of an antidiagonal.
ANNEAL_CONSTANT_FN int rank_of_place(int place, int last) {
  if (place == last) return 0;
  const int fours = last / 4;
  return 1 + (place < 4 * fours ? place % 4 * fours + place / 4 : place);
}
/// The place of that rank.
ANNEAL_CONSTANT_FN int place_of_rank(int rank, int last) {
  if (rank == 0) return last;
  const int fours = last / 4, before = rank - 1;
  return before < 4 * fours ? before % fours * 4 + before / fours : before;
}

}  // namespace anneal::align::recurrence
