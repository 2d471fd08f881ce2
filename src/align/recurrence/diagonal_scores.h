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

/// Where the scores of a cell are, and those of its neighbours, which are on the diagonals below and above.
struct DiagonalPlaces {
  int own;
  int left;
  int above;

  /// To the cell that many columns further on the antidiagonal.
  ANNEAL_FN void advance(int columns) {
    own += columns;
    left += columns;
    above += columns;
  }
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

  ANNEAL_FN DiagonalPlaces places(int diagonal) const {
    return {place(diagonal), place(diagonal - 1), place(diagonal + 1)};
  }
  ANNEAL_FN int load_h(ANNEAL_THREAD const DiagonalPlaces& at) const { return ints_[at.own]; }
  ANNEAL_FN void store(ANNEAL_THREAD const DiagonalPlaces& at, ANNEAL_THREAD const CellScores& cell) const {
    ints_[at.own] = cell.h;
    ints_[at.own + 2 * half_] = cell.deletion;
    ints_[at.own + 4 * half_] = cell.insertion;
    ints_[at.own + 6 * half_] = cell.second_deletion;
    ints_[at.own + 8 * half_] = cell.second_insertion;
  }
  /// H and the deletions of a cell's left neighbour.
  ANNEAL_FN CellScores load_left(ANNEAL_THREAD const DiagonalPlaces& at) const {
    return {ints_[at.left], ints_[at.left + 2 * half_], 0, ints_[at.left + 6 * half_], 0};
  }
  /// H and the insertions of the neighbour above.
  ANNEAL_FN CellScores load_above(ANNEAL_THREAD const DiagonalPlaces& at) const {
    return {ints_[at.above], 0, ints_[at.above + 4 * half_], 0, ints_[at.above + 8 * half_]};
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
