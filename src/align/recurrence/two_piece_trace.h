// Trace of matrices with gaps of two pieces, a byte per cell, antidiagonal by antidiagonal.
#pragma once

#include "align/recurrence/antidiagonals.h"
#include "align/recurrence/diagonal_scores.h"
#include "align/recurrence/two_piece_job.h"

namespace anneal::align::recurrence {

/// As TraceBit (trace.h), which says what they mean.
enum TwoPieceBit : Word {
  two_piece_diagonal = 1,
  two_piece_deletion = 2,
  two_piece_opens_deletion = 4,
  two_piece_opens_insertion = 8,
  two_piece_second = 16,
  two_piece_opens_second_deletion = 32,
  two_piece_opens_second_insertion = 64,
};

// What leads to a cell: of equal ways the first one, or the last one. Selections, one after the other, so that lanes
// need not part.
/// `aligned`: what the cell's letters score, after those before them.
ANNEAL_FN Word first_way(ANNEAL_THREAD const CellScores& cell, int aligned) {
  Word way = two_piece_second;
  way = cell.h == cell.second_deletion ? two_piece_second | two_piece_deletion : way;
  way = cell.h == cell.insertion ? 0u : way;
  way = cell.h == cell.deletion ? Word{two_piece_deletion} : way;
  return cell.h == aligned ? Word{two_piece_diagonal} : way;
}
ANNEAL_FN Word last_way(ANNEAL_THREAD const CellScores& cell) {
  Word way = two_piece_diagonal;
  way = cell.h == cell.deletion ? Word{two_piece_deletion} : way;
  way = cell.h == cell.insertion ? 0u : way;
  way = cell.h == cell.second_deletion ? two_piece_second | two_piece_deletion : way;
  return cell.h == cell.second_insertion ? Word{two_piece_second} : way;
}
/// Trace of a cell.
ANNEAL_FN Word two_piece_bits(ANNEAL_THREAD const TwoPieceParameters& parameters, ANNEAL_THREAD const CellScores& cell,
                              int aligned) {
  Word way;
  if (parameters.rightmost) {
    way = last_way(cell);
  } else {
    way = first_way(cell, aligned);
  }
  // Opening a gap wins a tie, too, unless the last one does.
  const int tie = parameters.rightmost ? 1 : 0;
  const int opened = cell.h - parameters.gap_open - tie, second_opened = cell.h - parameters.second_open - tie;
  return way | (opened >= cell.deletion ? two_piece_opens_deletion : 0u) |
         (opened >= cell.insertion ? two_piece_opens_insertion : 0u) |
         (second_opened >= cell.second_deletion ? two_piece_opens_second_deletion : 0u) |
         (second_opened >= cell.second_insertion ? two_piece_opens_second_insertion : 0u);
}

/// The bytes of some antidiagonals.
struct TwoPieceTrace {
  ANNEAL_GLOBAL unsigned char* bytes;
  long stride;    ///< of an antidiagonal
  int first_sum;  ///< i + j of the first one

  /// Those of cells from the lowest j on.
  ANNEAL_FN ANNEAL_GLOBAL unsigned char* antidiagonal(int sum) const { return bytes + (sum - first_sum) * stride; }
  /// 0 outside the band.
  ANNEAL_FN Word bits(ANNEAL_THREAD const Antidiagonals& cells, int i, int j) const {
    const int sum = i + j, first = cells.first(sum);
    return j < first || j > cells.last(sum) ? 0u : antidiagonal(sum)[j - first];
  }
};

}  // namespace anneal::align::recurrence
