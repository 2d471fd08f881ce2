// The scores of the last two antidiagonals, by diagonal: a cell's neighbours lie on the diagonals beside its own, and
// its own one still has the cell before it. So each cell is put where the one before it was, and nobody waits.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Ints that the scores of so many diagonals take: a multiple of 4.
ANNEAL_CONSTANT_FN long diagonal_score_ints(long diagonals) { return (10 * ((diagonals + 3) / 2) + 3) / 4 * 4; }

/// Scores of a cell; `first` and `second` pieces of gaps.
struct CellScores {
  int h;
  int deletion;
  int insertion;
  int second_deletion;
  int second_insertion;
};

/// `Ints`: pointer to them, in any memory. Diagonals of even and of odd numbers lie apart, as an antidiagonal has those
/// of one kind only. There is one more diagonal on each side, outside the band.
template <class Ints>
class DiagonalScores {
 public:
  ANNEAL_FN DiagonalScores(Ints ints, int lowest, int diagonals)
      : ints_(ints), before_lowest_(lowest - 1), half_((diagonals + 3) / 2) {}

  ANNEAL_FN int load_h(int diagonal) const { return ints_[place(diagonal)]; }
  ANNEAL_FN void store_h(int diagonal, int h) const { ints_[place(diagonal)] = h; }
  ANNEAL_FN void store(int diagonal, ANNEAL_THREAD const CellScores& cell) const {
    const int at = place(diagonal);
    ints_[at] = cell.h;
    ints_[at + 2 * half_] = cell.deletion;
    ints_[at + 4 * half_] = cell.insertion;
    ints_[at + 6 * half_] = cell.second_deletion;
    ints_[at + 8 * half_] = cell.second_insertion;
  }
  /// H and the deletions of a cell's left neighbour, which is on the diagonal below.
  ANNEAL_FN CellScores load_left(int diagonal) const {
    const int at = place(diagonal - 1);
    return {ints_[at], ints_[at + 2 * half_], 0, ints_[at + 6 * half_], 0};
  }
  /// H and the insertions of the neighbour above, which is on the diagonal above.
  ANNEAL_FN CellScores load_above(int diagonal) const {
    const int at = place(diagonal + 1);
    return {ints_[at], 0, ints_[at + 4 * half_], 0, ints_[at + 8 * half_]};
  }

 private:
  ANNEAL_FN int place(int diagonal) const {
    const int number = diagonal - before_lowest_;
    return (number & 1) * half_ + (number >> 1);
  }

  Ints ints_;
  int before_lowest_;
  int half_;
};

}  // namespace anneal::align::recurrence
