// What a group of lanes does with one pair of Mode::extend whose band is too wide for ExtendProgram, or whose scores or
// penalties are too high for it: any at all.
//
// H and E of a row wait in memory, as in the definition: h[j] is H(i-1,j-1) and becomes H(i,j-1). The group goes along
// the row in segments of a few columns per lane.
#pragma once

#include "align/recurrence/extend_progress.h"
#include "align/recurrence/extend_scores.h"
#include "align/recurrence/row_memory.h"

namespace anneal::align::recurrence {

template <int lanes_>
class ExtendRowsProgram {
 public:
  using Scores = AnyLetterScores<4>;  // its table
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT int cells = 4;
  static constexpr ANNEAL_CONSTANT int segment = lanes * cells;

  /// ExtendJob::rows is of two rows of as many ints.
  ANNEAL_CONSTANT_FN static int row_cells(int query_length) { return (query_length / cells + 1) * cells; }

  ANNEAL_FN ExtendRowsProgram(ANNEAL_THREAD const ExtendJob& job, ANNEAL_THREAD const ExtendParameters& parameters,
                              ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE costs_(parameters.costs), table_(table), job_(job), columns_(job.query_length),
        progress_(job.h0, parameters.costs), seed_(job.h0, parameters.costs) {}

  ANNEAL_FN ExtendEnd run() {
    if (!has_letters(job_)) return progress_.end();
    begin();
    for (int row = 0; row < job_.target_length; ++row) {
      scores_ = reinterpret_cast<ANNEAL_SHARED const signed char*>(table_ + (job_.target[row] & 31) * extend_row_words);
      begin_row(row);
      for (int column = begin_ & -cells; column <= end_; column += segment) fill_segment(column);
      order_group<lanes>();
      if (end_ == columns_) progress_.offer_query_end(row, group_max(at_query_end_));
      const int best = group_max(best_);
      if (best == 0 || drops(row, best)) break;
      narrow();
    }
    return progress_.end();
  }

 private:
  struct Segment {
    int h[cells];
    int e[cells];
    bool is_inside[cells];
  };

  ANNEAL_FN void begin() {
    h_ = reinterpret_cast<ANNEAL_GLOBAL FourInts*>(job_.rows);
    e_ = h_ + row_cells(columns_) / cells;
    begin_ = 0;
    end_ = columns_;
    ANNEAL_EACH_LANE(lane, lanes) {
      for (int four = lane; four * cells <= columns_; four += lanes) {
        FourInts h;
        ANNEAL_UNROLL
        for (int k = 0; k < cells; ++k) h.at[k] = seed_gap(four * cells + k);
        h_[four] = h;
        e_[four] = FourInts{};
      }
    }
    order_group<lanes>();
  }
  ANNEAL_FN int seed_gap(int length) const { return length == 0 ? job_.h0 : seed_.after(length); }

  ANNEAL_FN void begin_row(int row) {
    begin_ = row - job_.band > begin_ ? row - job_.band : begin_;
    if (end_ - job_.band > row + 1) end_ = row + 1 + job_.band;
    left_ = begin_ == 0 ? seed_gap(row + 1) : 0;
    ANNEAL_EACH_LANE(lane, lanes) {
      best_[lane] = at_query_end_[lane] = 0;
      first_[lane] = end_;
      last_[lane] = best_column_[lane] = -1;
    }
    last_h_ = left_;
    next_f_ = none;
  }

  ANNEAL_FN void fill_segment(int first_column) {
    PerLane<Segment, lanes> cells_of;
    PerLane<FourInts, lanes> old_h, old_e;
    PerLane<int, lanes> f, before, after;
    ANNEAL_EACH_LANE(lane, lanes) {
      const int column = first_column + lane * cells;
      old_h[lane] = old_e[lane] = FourInts{};
      if (column <= end_) {
        old_h[lane] = h_[column / cells];
        old_e[lane] = e_[column / cells];
      }
      f[lane] = align(cells_of[lane], column, old_h[lane], old_e[lane]);
    }
    pass_gaps(f);
    ANNEAL_EACH_LANE(lane, lanes) {
      after[lane] = finish(cells_of[lane], f[lane]);
      note(cells_of[lane], first_column + lane * cells, lane);
      before[lane] = cells_of[lane].h[cells - 1];
    }
    const int left = last_h_;
    last_h_ = from_lane(before, lanes - 1 ANNEAL_LANE);
    next_f_ = from_lane(after, lanes - 1 ANNEAL_LANE);
    before = from_below(before, 1, left ANNEAL_LANE);
    ANNEAL_EACH_LANE(lane, lanes) {
      store(cells_of[lane], first_column + lane * cells, before[lane], old_h[lane], old_e[lane], lane);
    }
  }

  /// Computes M. Returns F of the next lane's first column, as far as gaps of this lane lead there.
  ANNEAL_FN int align(ANNEAL_THREAD Segment& own, int column, ANNEAL_THREAD const FourInts& h,
                      ANNEAL_THREAD const FourInts& e) const {
    const Word letters =
        column < columns_ ? reinterpret_cast<ANNEAL_GLOBAL const Word*>(job_.query)[column / cells] & 0x1f1f1f1fu : 0u;
    int passed = none;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      own.is_inside[k] = column + k >= begin_ && column + k < end_;
      const int corner = own.is_inside[k] ? h.at[k] : 0;
      own.h[k] = corner == 0 ? 0 : corner + scores_[letters >> (8 * k) & 255u];
      own.e[k] = own.is_inside[k] ? e.at[k] : 0;
      passed = max_word(passed, own.h[k] - costs_.gap_open) - costs_.gap_extend;
    }
    return passed;
  }
  ANNEAL_FN void pass_gaps(ANNEAL_THREAD PerLane<int, lanes>& f) {
    f = from_below(f, 1, next_f_ ANNEAL_LANE);
    ANNEAL_UNROLL
    for (int step = 0; 1 << step < lanes; ++step) {
      PerLane<int, lanes> other = from_below(f, 1 << step ANNEAL_LANE);
      ANNEAL_EACH_LANE(lane, lanes) {
        f[lane] = add_max_word(other[lane], -((cells << step) * costs_.gap_extend), f[lane]);
      }
    }
  }
  /// Given F of the first column, computes H and the next row's E. Returns F of the column that follows.
  ANNEAL_FN int finish(ANNEAL_THREAD Segment& own, int f) const {
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      const int opened = own.h[k] - costs_.gap_open;
      const int h = max3_word(own.h[k], own.e[k], f);
      const int e = max_word(own.e[k], opened) - costs_.gap_extend;
      own.h[k] = own.is_inside[k] && h > 0 ? h : 0;
      own.e[k] = own.is_inside[k] && e > 0 ? e : 0;
      f = max_word(f, opened) - costs_.gap_extend;
    }
    return f;
  }
  /// Where scores are the best so far, and where they are not 0.
  ANNEAL_FN void note(ANNEAL_THREAD const Segment& own, int column, int lane) {
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (own.h[k] == 0) continue;
      last_[lane] = column + k;
      if (own.h[k] < best_[lane]) continue;
      best_[lane] = own.h[k];
      best_column_[lane] = column + k;
    }
    if (last_[lane] >= column && first_[lane] > column) first_[lane] = column;
  }
  /// `left`: H of the column before.
  ANNEAL_FN void store(ANNEAL_THREAD const Segment& own, int column, int left, ANNEAL_THREAD FourInts h,
                       ANNEAL_THREAD FourInts e, int lane) {
    if (column > end_) return;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (column + k > end_) continue;
      h.at[k] = k == 0 ? left : own.h[k - 1];
      e.at[k] = own.e[k];
      if (column + k == columns_) at_query_end_[lane] = h.at[k];
    }
    h_[column / cells] = h;
    e_[column / cells] = e;
  }

  ANNEAL_FN bool drops(int row, int best) {
    if (!progress_.is_better(best) && !progress_.may_drop(best)) return false;
    PerLane<int, lanes> column;
    ANNEAL_EACH_LANE(lane, lanes) { column[lane] = best_[lane] == best ? best_column_[lane] : -1; }
    const int diagonal = group_max(column) - row;
    if (!progress_.is_better(best)) return progress_.drops(best, diagonal);
    progress_.improve(row, best, diagonal);
    return false;
  }
  /// The next row's limits. It may begin with zeros.
  ANNEAL_FN void narrow() {
    const int end = group_max(last_) + 3;
    PerLane<int, lanes> first;
    ANNEAL_EACH_LANE(lane, lanes) { first[lane] = -first_[lane]; }
    const int begin = -group_max(first);
    if (left_ == 0 && begin > begin_) begin_ = begin;
    end_ = end < columns_ ? end : columns_;
  }

  static constexpr ANNEAL_CONSTANT int none = -(1 << 30);

  ANNEAL_LANE_MEMBER
  ExtendCosts costs_;
  ANNEAL_SHARED const Word* table_;
  ANNEAL_THREAD const ExtendJob& job_;
  int columns_;
  ExtendProgress progress_;
  SeedGaps seed_;
  ANNEAL_GLOBAL FourInts* h_;
  ANNEAL_GLOBAL FourInts* e_;
  ANNEAL_SHARED const signed char* scores_;  // of the row's letter
  int begin_;
  int end_;
  int left_;    // H(i,-1)
  int last_h_;  // of the segment before: H of its last column, and F of the one that follows it
  int next_f_;
  PerLane<int, lanes> best_;
  PerLane<int, lanes> best_column_;
  PerLane<int, lanes> first_;  // columns with a score that is not 0; the first may be less
  PerLane<int, lanes> last_;
  PerLane<int, lanes> at_query_end_;
};

}  // namespace anneal::align::recurrence
