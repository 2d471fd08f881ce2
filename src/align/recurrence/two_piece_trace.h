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

/// Trace of a cell, which `aligned` letters lead to unless a gap does.
ANNEAL_FN Word two_piece_bits(ANNEAL_THREAD const TwoPieceParameters& parameters, ANNEAL_THREAD const CellScores& cell,
                              int aligned) {
  const bool last_wins = parameters.rightmost;
  const bool is_aligned = cell.h == aligned, is_e = cell.h == cell.deletion, is_f = cell.h == cell.insertion;
  const bool is_e2 = cell.h == cell.second_deletion, is_f2 = cell.h == cell.second_insertion;
  const Word first_of = is_aligned ? two_piece_diagonal
                        : is_e     ? two_piece_deletion
                        : is_f     ? 0u
                        : is_e2    ? two_piece_second | two_piece_deletion
                                   : two_piece_second;
  const Word last_of = is_f2   ? two_piece_second
                       : is_e2 ? two_piece_second | two_piece_deletion
                       : is_f  ? 0u
                       : is_e  ? two_piece_deletion
                               : two_piece_diagonal;
  // Opening a gap wins a tie, too, unless the last one does.
  const int opened = cell.h - parameters.gap_open - (last_wins ? 1 : 0);
  const int second_opened = cell.h - parameters.second_open - (last_wins ? 1 : 0);
  return (last_wins ? last_of : first_of) | (opened >= cell.deletion ? two_piece_opens_deletion : 0u) |
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
