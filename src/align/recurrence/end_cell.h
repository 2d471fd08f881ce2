// Where the best alignment ends: for one lane's strip, and for a group.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Both ends count letters, as those of Alignment; -1: none.
struct EndCell {
  static constexpr ANNEAL_CONSTANT int overflowed = -0x7fffffff - 1;  ///< a `score` that the form could not hold
  static constexpr ANNEAL_CONSTANT int undecided = -2;  ///< a `query_end` that a form with rows has to find

  int score;
  int query_end;
  int target_end;

  /// The contract's order: best score, then smallest target_end, then smallest query_end.
  ANNEAL_FN bool loses_to(ANNEAL_THREAD const EndCell& other) const {
    if (other.score != score) return other.score > score;
    if (other.target_end != target_end) return other.target_end < target_end;
    return other.query_end < query_end;
  }
  ANNEAL_FN void offer(ANNEAL_THREAD const EndCell& other) {
    if (loses_to(other)) *this = other;
  }
};

/// The best of a group's lanes, in each of them.
template <int lanes>
ANNEAL_FN void find_best(ANNEAL_THREAD PerLane<EndCell, lanes>& cells ANNEAL_LANE_PARAMETER) {
  for (int distance = lanes / 2; distance > 0; distance /= 2) {
    PerLane<int, lanes> score, query_end, target_end;
    ANNEAL_EACH_LANE(lane, lanes) {
      score[lane] = cells[lane].score;
      query_end[lane] = cells[lane].query_end;
      target_end[lane] = cells[lane].target_end;
    }
    score = exchange(score, distance);
    query_end = exchange(query_end, distance);
    target_end = exchange(target_end, distance);
    ANNEAL_EACH_LANE(lane, lanes) { cells[lane].offer({score[lane], query_end[lane], target_end[lane]}); }
  }
}

/// The best cell of a strip of a local form, from the highest value of each column.
template <class F>
class StripBest {
 public:
  ANNEAL_FN void begin() {
    threshold_ = F::each * (F::value(0, 0) | row_bits);
    ANNEAL_UNROLL
    for (int part = 0; part < F::parts; ++part) column_[part] = -1;
  }
  /// Columns must come in ascending order: of equal scores, the first column stays.
  ANNEAL_FN void offer(Word highest, int column) {
    bool stays[2];
    if (F::parts == 2) {
      threshold_ = max_halves(threshold_, highest, stays[0], stays[1]);
    } else {
      stays[0] = threshold_ >= highest;
      threshold_ = max_word(threshold_, highest);
    }
    threshold_ |= F::each * row_bits;
    ANNEAL_UNROLL
    for (int part = 0; part < F::parts; ++part) {
      if (F::keeps_row) highest_[part] = stays[part] ? highest_[part] : highest;
      column_[part] = stays[part] ? column_[part] : column;
    }
  }
  /// `first_row`: the query letter of row 0, from 0. Of forms that keep no row, the end lies there or below.
  ANNEAL_FN EndCell cell(int part, int first_row) const {
    if (column_[part] < 0) return {0, -1, -1};
    const Word value = F::part(F::keeps_row ? highest_[part] : threshold_, part);
    return {F::score_of(value), first_row + F::row_of(value) + 1, column_[part] + 1};
  }

 private:
  static constexpr ANNEAL_CONSTANT Word row_bits = F::unit - 1;

  Word threshold_;          // the best value, as if it were in row 0: only higher scores exceed it
  Word highest_[F::parts];  // the column's that was best for each part, with the other part as it was there
  int column_[F::parts];
};

}  // namespace anneal::align::recurrence
