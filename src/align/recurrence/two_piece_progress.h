// What an extension as ksw2's has found so far: its best cell, the end of the query, and whether it has dropped.
#pragma once

#include "align/recurrence/antidiagonals.h"
#include "align/recurrence/two_piece_job.h"

namespace anneal::align::recurrence {

/// The best cell of an antidiagonal: of those that each lane has seen, then of all.
///
/// A lane sees every 32nd cell. Of those it is the first one that ksw2 takes, but for the last of all, which it
/// prefers.
template <int lanes>
class AntidiagonalBest {
 public:
  static_assert(lanes % 4 == 0, "the cells of a lane must be of the same lane of ksw2's");

  ANNEAL_FN void begin(int first, int last) {
    first_ = first;
    last_ = last;
  }
  ANNEAL_FN void begin(int lane) { scores_[lane] = lowest; }
  /// Of cells in ascending order.
  ANNEAL_FN void offer(int lane, int j, int score) {
    if (score < scores_[lane] || (score == scores_[lane] && j != last_)) return;
    scores_[lane] = score;
    columns_[lane] = j;
  }
  ANNEAL_FN int score() { return group_max(scores_); }
  /// Given that: its j.
  ANNEAL_FN int j(int score ANNEAL_LANE_PARAMETER) {
    PerLane<int, lanes> ranks;  // negative: the highest is taken
    ANNEAL_EACH_LANE(lane, lanes) {
      ranks[lane] = lowest;
      if (scores_[lane] == score) ranks[lane] = -rank_of_place(columns_[lane] - first_, last_ - first_);
    }
    return first_ + place_of_rank(-group_max(ranks), last_ - first_);
  }

 private:
  static constexpr ANNEAL_CONSTANT int lowest = -0x7fffffff;

  int first_ = 0;
  int last_ = 0;
  PerLane<int, lanes> scores_;
  PerLane<int, lanes> columns_;
};

/// All lanes have the same.
class TwoPieceProgress {
 public:
  ANNEAL_FN explicit TwoPieceProgress(ANNEAL_THREAD const TwoPieceParameters& parameters) : parameters_(parameters) {}

  ANNEAL_FN ANNEAL_THREAD TwoPieceEnd& end() { return end_; }

  /// `h`: of the query's last letter and the j-th one of the target.
  ANNEAL_FN void offer_query_end(int h, int j) {
    if (h <= end_.global_score) return;
    end_.global_score = h;
    end_.global_target_end = j;
  }
  /// Whether an antidiagonal whose best cell has this score has to be told which cell that is.
  ANNEAL_FN bool asks_for_cell(int score) const {
    return score > end_.score || (parameters_.zdrop != 0 && static_cast<long>(end_.score) - score > parameters_.zdrop);
  }
  /// Takes a new best cell, or tells whether the antidiagonal fell too far below the best.
  ANNEAL_FN bool drops(int score, int i, int j) {
    if (score > end_.score) {
      end_.score = score;
      end_.query_end = i;
      end_.target_end = j;
      return false;
    }
    if (i < end_.query_end || j < end_.target_end) return false;
    const long difference = static_cast<long>(j - end_.target_end) - (i - end_.query_end);
    const long shift = difference < 0 ? -difference : difference;
    const long allowed = parameters_.zdrop + shift * parameters_.second_extend;
    end_.dropped = static_cast<long>(end_.score) - score > allowed ? 1 : 0;
    return end_.dropped != 0;
  }
  /// Whether the path is the one to the end of the query.
  ANNEAL_FN bool prefers_query_end() const {
    return end_.dropped == 0 && end_.global_score != TwoPieceEnd::not_reached &&
           static_cast<long>(end_.global_score) + parameters_.end_bonus > end_.score;
  }

 private:
  ANNEAL_THREAD const TwoPieceParameters& parameters_;
  TwoPieceEnd end_;
};

}  // namespace anneal::align::recurrence
