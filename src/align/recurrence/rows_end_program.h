// What a group of lanes does to find the score and the end cell of one pair whatever its options are: any band, penalty
// and score. Slower than EndProgram, and for what that cannot hold.
//
// Rows are target letters, columns query letters. H and the gap into the next row wait in memory: h[j] is H of the row
// before in column j. The group goes along a row in segments of a few columns per lane; a gap along the row is the best
// of what all columns before have to offer, which lanes find out from each other. It opens at the better of the other
// two terms only, as one that opens behind another such gap is no better than that one, extended.
#pragma once

#include "align/recurrence/end_cell.h"
#include "align/recurrence/excluded_ends.h"
#include "align/recurrence/extend_scores.h"
#include "align/recurrence/row_memory.h"

namespace anneal::align::recurrence {

/// Options of all pairs.
struct RowsEndParameters {
  int gap_open = 0;
  int gap_extend = 0;
  bool local = false;
  bool query_begin_free = false;
  bool target_begin_free = false;
  bool query_end_free = false;
  bool target_end_free = false;
  int band = -1;  ///< as AlignOptions::band
};

/// One pair, both sides of which have letters. Letters are bytes, and begin at a multiple of 4.
struct RowsEndJob {
  ANNEAL_GLOBAL const unsigned char* query;
  ANNEAL_GLOBAL const unsigned char* target;
  int query_length;
  int target_length;
  int band_centre;
  ExcludedEnds excluded_ends;
  ANNEAL_GLOBAL int* rows;  ///< two rows of row_cells() each, at a multiple of 16 bytes
};

template <int lanes_>
class RowsEndProgram {
 public:
  using Scores = AnyLetterScores<4>;  // its table
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT int cells = 4;
  static constexpr ANNEAL_CONSTANT int segment = lanes * cells;

  ANNEAL_CONSTANT_FN static long row_cells(long query_length) { return (query_length / cells + 1) * cells; }

  ANNEAL_FN RowsEndProgram(ANNEAL_THREAD const RowsEndJob& job, ANNEAL_THREAD const RowsEndParameters& parameters,
                           ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE parameters_(parameters), table_(table), job_(job) {}

  /// `score` is `none` where the band has no path.
  ANNEAL_FN EndCell run() {
    begin();
    for (int row = 1; row <= job_.target_length; ++row) {
      scores_ =
          reinterpret_cast<ANNEAL_SHARED const signed char*>(table_ + (job_.target[row - 1] & 31) * extend_row_words);
      begin_row(row);
      if (first_ > last_) continue;
      // From the column before the first: what lies there is the first one's diagonal in the next row.
      for (long column = first_ & -cells; column <= last_; column += segment) fill_segment(column, row);
      order_group<lanes>();
    }
    find_best(best_ ANNEAL_LANE);
    return best_[0];
  }

  static constexpr ANNEAL_CONSTANT int none = -(1 << 30) - (1 << 29);

 private:
  struct Segment {
    int h[cells];
    int e[cells];
  };

  ANNEAL_FN bool is_inside(long query_letters, long target_letters) const {
    const long offset = target_letters - query_letters - job_.band_centre;
    return parameters_.band < 0 || (offset <= parameters_.band && -offset <= parameters_.band);
  }
  ANNEAL_FN int edge(bool is_free, long letters) const {
    return is_free || letters == 0 ? 0 : -static_cast<int>(parameters_.gap_open + letters * parameters_.gap_extend);
  }
  ANNEAL_FN static int at_least_none(int value) { return max_word(value, none); }

  ANNEAL_FN void begin() {
    h_ = reinterpret_cast<ANNEAL_GLOBAL FourInts*>(job_.rows);
    e_ = h_ + row_cells(job_.query_length) / cells;
    const int opening = parameters_.gap_open + parameters_.gap_extend;
    ANNEAL_EACH_LANE(lane, lanes) {
      best_[lane] = {parameters_.local ? 0 : none, -1, -1};
      for (long four = lane; four * cells <= job_.query_length; four += lanes) {
        FourInts h, e;
        ANNEAL_UNROLL
        for (int k = 0; k < cells; ++k) {
          const long column = four * cells + k;
          h.at[k] = is_inside(column, 0) ? edge(parameters_.query_begin_free, column) : none;
          e.at[k] = column == 0 ? none : at_least_none(h.at[k] - opening);
        }
        h_[four] = h;
        e_[four] = e;
      }
    }
    order_group<lanes>();
  }

  ANNEAL_FN void begin_row(int row) {
    first_ = 0;
    last_ = job_.query_length;
    if (parameters_.band >= 0) {
      const long centre = static_cast<long>(row) - job_.band_centre;
      first_ = centre - parameters_.band > 1 ? centre - parameters_.band - 1 : 0;
      last_ = centre + parameters_.band < last_ ? centre + parameters_.band : last_;
    }
    corner_ = next_f_ = none;
  }

  ANNEAL_FN void fill_segment(long first_column, int row) {
    PerLane<Segment, lanes> cells_of;
    PerLane<FourInts, lanes> old_h, old_e;
    PerLane<int, lanes> f, before, after;
    ANNEAL_EACH_LANE(lane, lanes) {
      const long column = first_column + lane * cells;
      ANNEAL_UNROLL
      for (int k = 0; k < cells; ++k) old_h[lane].at[k] = old_e[lane].at[k] = none;
      if (column <= job_.query_length) {
        old_h[lane] = h_[column / cells];
        old_e[lane] = e_[column / cells];
      }
      before[lane] = old_h[lane].at[cells - 1];
    }
    PerLane<int, lanes> corner = from_below(before, 1, corner_ ANNEAL_LANE);
    ANNEAL_EACH_LANE(lane, lanes) {
      f[lane] = align(cells_of[lane], first_column + lane * cells, row, corner[lane], old_h[lane], old_e[lane]);
    }
    corner_ = from_lane(before, lanes - 1 ANNEAL_LANE);
    pass_gaps(f);
    const bool counts = !job_.excluded_ends.contain(row);
    ANNEAL_EACH_LANE(lane, lanes) {
      const long column = first_column + lane * cells;
      after[lane] = finish(cells_of[lane], column, row, f[lane]);
      if (counts) offer(cells_of[lane], column, row, lane);
      store(cells_of[lane], column);
    }
    next_f_ = from_lane(after, lanes - 1 ANNEAL_LANE);
  }

  /// Computes H without gaps along the row. Returns what gaps that open here lead to in the next lane's first column.
  ANNEAL_FN int align(ANNEAL_THREAD Segment& own, long column, int row, int corner, ANNEAL_THREAD const FourInts& h,
                      ANNEAL_THREAD const FourInts& e) const {
    // Of columns column .. column + 3, that is of the letters before them.
    const long word = column / cells;
    ANNEAL_GLOBAL const Word* const words = reinterpret_cast<ANNEAL_GLOBAL const Word*>(job_.query);
    const Word previous = column > 0 && column <= job_.query_length ? words[word - 1] : 0u;
    const Word current = column < job_.query_length ? words[word] : 0u;
    const Word letters = funnel_right(previous, current, 24) & 0x1f1f1f1fu;
    int passed = none;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      const int diagonal = k == 0 ? corner : h.at[k > 0 ? k - 1 : 0];
      int value = none;
      if (column + k == 0) {
        value = is_inside(0, row) ? edge(parameters_.target_begin_free, row) : none;
      } else if (column + k <= job_.query_length && is_inside(column + k, row)) {
        value = max_word(at_least_none(diagonal + scores_[letters >> (8 * k) & 255u]), e.at[k]);
        if (parameters_.local) value = max_word(value, 0);
      }
      own.h[k] = value;
      own.e[k] = e.at[k];
      passed = max_word(passed, value - parameters_.gap_open) - parameters_.gap_extend;
    }
    return at_least_none(passed);
  }
  ANNEAL_FN void pass_gaps(ANNEAL_THREAD PerLane<int, lanes>& f) {
    f = from_below(f, 1, next_f_ ANNEAL_LANE);
    ANNEAL_UNROLL
    for (int step = 0; 1 << step < lanes; ++step) {
      PerLane<int, lanes> other = from_below(f, 1 << step ANNEAL_LANE);
      ANNEAL_EACH_LANE(lane, lanes) {
        f[lane] = at_least_none(add_max_word(other[lane], -((cells << step) * parameters_.gap_extend), f[lane]));
      }
    }
  }
  /// Given the gap that reaches the first column, computes H and the gap into the next row. Returns the gap that
  /// reaches the column that follows.
  ANNEAL_FN int finish(ANNEAL_THREAD Segment& own, long column, int row, int f) const {
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      const bool exists = column + k <= job_.query_length && is_inside(column + k, row);
      const int opened = own.h[k] - parameters_.gap_open;
      const int h = exists ? max_word(own.h[k], f) : none;
      const bool has_gap = exists && column + k > 0;
      own.e[k] = has_gap ? at_least_none(max_word(own.e[k], h - parameters_.gap_open) - parameters_.gap_extend) : none;
      f = at_least_none(max_word(f, opened) - parameters_.gap_extend);
      own.h[k] = column + k == 0 ? own.h[k] : h;
    }
    return f;
  }

  ANNEAL_FN void offer(ANNEAL_THREAD const Segment& own, long column, int row, int lane) {
    const bool is_last_row = row == job_.target_length;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (column + k == 0 || column + k > job_.query_length) continue;
      const bool is_last_column = column + k == job_.query_length;
      const bool may_end = parameters_.local || (is_last_column && (is_last_row || parameters_.target_end_free)) ||
                           (is_last_row && parameters_.query_end_free);
      // Later rows and columns have to be better.
      if (may_end && own.h[k] > best_[lane].score) best_[lane] = {own.h[k], static_cast<int>(column + k), row};
    }
  }
  ANNEAL_FN void store(ANNEAL_THREAD const Segment& own, long column) {
    if (column > job_.query_length) return;
    FourInts h, e;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      h.at[k] = own.h[k];
      e.at[k] = own.e[k];
    }
    h_[column / cells] = h;
    e_[column / cells] = e;
  }

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const RowsEndParameters& parameters_;
  ANNEAL_SHARED const Word* table_;
  ANNEAL_THREAD const RowsEndJob& job_;
  ANNEAL_GLOBAL FourInts* h_;
  ANNEAL_GLOBAL FourInts* e_;
  ANNEAL_SHARED const signed char* scores_;  // of the row's letter
  long first_;                               // columns of the row
  long last_;
  int corner_;  // of the segment before: H of its last column in the row before
  int next_f_;  // and the gap that leaves it
  PerLane<EndCell, lanes> best_;
};

}  // namespace anneal::align::recurrence
