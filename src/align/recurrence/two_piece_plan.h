// The memory that a TwoPieceProgram takes for a pair.
//
// Where the trace of the whole matrix has room it is kept as it is made. Else the scores are kept before every so many
// antidiagonals, and the trace of these is made once more from there, as the path comes to them.
#pragma once

#include "align/recurrence/antidiagonals.h"
#include "align/recurrence/diagonal_scores.h"

namespace anneal::align::recurrence {

class TwoPiecePlan {
 public:
  /// `state_is_elsewhere`: whether the scores of the last antidiagonals lie in a group's own memory.
  ANNEAL_CONSTANT_FN TwoPiecePlan(ANNEAL_THREAD const Antidiagonals& cells, bool wants_path, bool state_is_elsewhere)
      : count_(cells.count()), wants_path_(wants_path), trace_stride_((cells.width() + 31L) / 32 * 32),
        score_bytes_(4L * diagonal_score_ints(cells.diagonals())), state_bytes_(state_is_elsewhere ? 0 : score_bytes_) {
  }

  ANNEAL_CONSTANT_FN long trace_stride() const { return trace_stride_; }  ///< bytes of an antidiagonal
  ANNEAL_CONSTANT_FN long score_bytes() const { return score_bytes_; }
  ANNEAL_CONSTANT_FN long state_bytes() const { return state_bytes_; }

  /// Bytes of workspace where the antidiagonals are that many segments.
  ANNEAL_CONSTANT_FN long bytes(int segments = 1) const {
    if (!wants_path_) return state_bytes_;
    return state_bytes_ + (segments - 1) * score_bytes_ + segment(segments) * trace_stride_;
  }
  /// More of it changes nothing; less does only down to this.
  ANNEAL_CONSTANT_FN long least_bytes() const {
    long least = bytes();
    for (int segments = 2; segments <= count_; segments *= 2) least = bytes(segments) < least ? bytes(segments) : least;
    return least;
  }
  /// As few as have room.
  ANNEAL_CONSTANT_FN int segments_within(long available) const {
    int segments = 1;
    while (bytes(segments) > available && 2 * segments <= count_) segments *= 2;
    return segments;
  }
  /// Antidiagonals of a segment, but for the last one, which may have fewer.
  ANNEAL_CONSTANT_FN int segment(int segments) const { return (count_ + segments - 1) / segments; }

 private:
  int count_;
  bool wants_path_;
  long trace_stride_;
  long score_bytes_;
  long state_bytes_;
};

}  // namespace anneal::align::recurrence
