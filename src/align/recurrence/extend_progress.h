// What of an extension outlives its rows: the best cell, the way to the query's end, and when to stop.
#pragma once

#include "align/recurrence/extend_job.h"

namespace anneal::align::recurrence {

/// Rows count from 0. A diagonal is column - row.
class ExtendProgress {
 public:
  ANNEAL_FN ExtendProgress(int h0, ANNEAL_THREAD const ExtendCosts& costs)
      : score_(h0), zdrop_(costs.zdrop == 0 ? 0x7fffffff : costs.zdrop), gap_extend_(costs.gap_extend) {}

  /// The score of the last column, of a row that got there.
  ANNEAL_FN void offer_query_end(int row, int score) {
    if (score < global_score_) return;
    global_score_ = score;
    global_row_ = row;
  }
  ANNEAL_FN bool is_better(int score) const { return score > score_; }
  ANNEAL_FN void improve(int row, int score, int diagonal) {
    score_ = score;
    row_ = row;
    diagonal_ = diagonal;
    const int offset = diagonal < 0 ? -diagonal : diagonal;
    max_off_ = offset > max_off_ ? offset : max_off_;
  }
  /// Whether a row that is no better may have dropped too far; where it has its best cell decides it.
  ANNEAL_FN bool may_drop(int score) const { return score_ - score > zdrop_; }
  ANNEAL_FN bool drops(int score, int diagonal) const {
    const long shift = diagonal < diagonal_ ? diagonal_ - diagonal : diagonal - diagonal_;
    return score_ - score - shift * gap_extend_ > zdrop_;
  }
  ANNEAL_FN ExtendEnd end() const {
    return {score_, row_ + diagonal_ + 1, row_ + 1, global_score_, global_row_ + 1, max_off_};
  }

 private:
  int score_;
  int zdrop_;
  int gap_extend_;
  int row_ = -1;
  int diagonal_ = 0;
  int global_score_ = -1;
  int global_row_ = -1;
  int max_off_ = 0;
};

/// What is left of h0 after a gap next to the seed.
class SeedGaps {
 public:
  ANNEAL_FN SeedGaps(int h0, ANNEAL_THREAD const ExtendCosts& costs)
      : opened_(h0 - costs.gap_open), extend_(costs.gap_extend),
        reach_(opened_ > 0 ? (opened_ - 1) / costs.gap_extend : 0) {}

  /// The longest gap, in letters, of which anything is left.
  ANNEAL_FN int reach() const { return reach_; }
  /// `length`: at least 1.
  ANNEAL_FN int after(int length) const { return length <= reach_ ? opened_ - length * extend_ : 0; }

 private:
  int opened_;
  int extend_;
  int reach_;
};

}  // namespace anneal::align::recurrence
