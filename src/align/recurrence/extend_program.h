// What a group of lanes does with one pair of Mode::extend whose band it can hold in registers.
//
// The group goes down the target row by row. Its lanes lie side by side in the band, so a row is done at once, except
// for gaps along it: gaps open from M only, so that F is the highest of what all cells before have to offer, which
// lanes find out from each other. What the definition calls begin and end of a row are its zeros: left of begin, cells
// are 0 and stay 0; from end on they have to be kept from gaps that would get there.
#pragma once

#include "align/recurrence/extend_cells.h"
#include "align/recurrence/extend_progress.h"
#include "align/recurrence/letter_reader.h"

namespace anneal::align::recurrence {

template <class Scores_, int lanes_, int cells_>
class ExtendProgram {
 public:
  using Scores = Scores_;
  using Cells = ExtendCells<Scores, lanes_, cells_>;
  using Value = typename Cells::Value;
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT int cells = cells_;
  static constexpr ANNEAL_CONSTANT int width = lanes * cells;  ///< diagonals that it has room for

  /// `table`: as extend_scores.h says.
  ANNEAL_FN ExtendProgram(ANNEAL_THREAD const ExtendJob& job, ANNEAL_THREAD const ExtendParameters& parameters,
                          ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE parameters_(parameters), table_(table), job_(job), progress_(job.h0, parameters.costs),
        seed_(job.h0, parameters.costs) {}

  ANNEAL_FN ExtendEnd run() {
    if (!has_letters(job_)) return progress_.end();
    begin();
    for (int first = 0; first < job_.target_length; first += period) {
      if (!do_rows(first)) break;
    }
    return progress_.end();
  }

 private:
  static constexpr ANNEAL_CONSTANT int period = Scores::period;
  static constexpr ANNEAL_CONSTANT int period_words = period / 4;

  ANNEAL_FN void begin() {
    left_ = job_.band < job_.target_length ? job_.band : job_.target_length - 1;
    const int right = job_.band < job_.query_length ? job_.band : job_.query_length - 1;
    used_ = left_ + 1 + right;
    seed_rows_ = seed_.reach() < left_ ? seed_.reach() : left_;
    furthest_end_ = sure_until_ = quiet_until_ = 0;
    ANNEAL_EACH_LANE(lane, lanes) {
      cells_of_[lane].begin(lane * cells, left_, job_.h0, seed_);
      cells_of_[lane].clear_from(used_);
      cells_of_[lane].scores.begin(job_.query, job_.query_length, lane * cells - left_);
    }
    set_end(used_);
    load_row(job_.target[0] & 31);
    target_.begin(job_.target, job_.target_length, 1);
    read_target();
  }
  /// The letters of the `period` rows after the first row of those that come.
  ANNEAL_FN void read_target() {
    ANNEAL_UNROLL
    for (int k = 0; k < period_words; ++k) upcoming_[k] = target_.next() & 0x1f1f1f1fu;
  }
  ANNEAL_FN void load_row(int letter) {
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].scores.load_row(table_, letter); }
  }

  /// `period` rows, or as many as there are. Returns whether to go on.
  ANNEAL_FN bool do_rows(int first) {
    Word letters[period_words];
    ANNEAL_UNROLL
    for (int k = 0; k < period_words; ++k) letters[k] = upcoming_[k];
    read_target();
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].scores.refill(); }
    const int end = first + period < job_.target_length ? first + period : job_.target_length;
    ANNEAL_UNROLL_BY(1)
    for (int row = first; row < end; ++row) {
      ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].scores.begin_row(); }
      load_row(static_cast<int>(letters[0] & 255u));
      ANNEAL_UNROLL
      for (int k = 0; k < period_words; ++k) {
        letters[k] = funnel_right(letters[k], k + 1 < period_words ? letters[k + 1] : 0, 8);
      }
      const int highest = fill_row();
      if (row < quiet_until_) {
        if (drops(row, highest)) return false;
      } else if (!end_row(row, highest)) {
        return false;
      }
      ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].scores.slide(); }
    }
    return true;
  }

  /// Returns the highest value of H.
  ANNEAL_FN int fill_row() {
    PerLane<int, lanes> f, e, highest;
    ANNEAL_EACH_LANE(lane, lanes) { f[lane] = cells_of_[lane].align(parameters_); }
    pass_gaps(f);
    ANNEAL_EACH_LANE(lane, lanes) { highest[lane] = cells_of_[lane].finish(parameters_, f[lane], e[lane]); }
    e = from_above(e, Value::none ANNEAL_LANE);
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].set_last_e(e[lane]); }
    return group_max(highest);
  }
  /// From what each lane's gaps lead to in the next lane, to the best that comes from any lane.
  ANNEAL_FN void pass_gaps(ANNEAL_THREAD PerLane<int, lanes>& f) {
    f = from_below(f, 1, Value::none ANNEAL_LANE);
    ANNEAL_UNROLL
    for (int step = 0; 1 << step < lanes; ++step) {
      // A lane that has none so far below gets its own value, which is no better with a longer gap.
      PerLane<int, lanes> other = from_below(f, 1 << step ANNEAL_LANE);
      ANNEAL_EACH_LANE(lane, lanes) { f[lane] = add_max_word(other[lane], parameters_.decay[step], f[lane]); }
    }
    ANNEAL_EACH_LANE(lane, lanes) {
      if (cells_of_[lane].first() >= end_) f[lane] = Value::none;
    }
  }

  /// What a row needs, unless it is sure that it neither begins nor ends with zeros and does not reach the query's end.
  /// Returns whether to go on.
  ANNEAL_FN bool end_row(int row, int highest) {
    const int last_column = job_.query_length - 1 - row + left_;
    const bool ends_query = last_column < end_;
    const int at_query_end = ends_query ? end_query(row, last_column) : 0;
    if (highest < Value::unit || drops(row, highest)) return false;
    if (!(ends_query ? at_query_end >= Value::unit : row < sure_until_)) narrow(row, last_column);
    const int gap = row + 1;
    if (gap <= seed_rows_) {
      set_h(left_ - gap, seed_.after(gap));  // H of column 0 for the next row
    } else {
      const int query_end_row = job_.query_length + left_ - end_;
      quiet_until_ = sure_until_ < query_end_row ? sure_until_ : query_end_row;
    }
    return true;
  }

  /// Returns the value of the query's last column. What was computed behind it is done away with. No such cell is the
  /// row's best, as only gaps lead there.
  ANNEAL_FN int end_query(int row, int last_column) {
    PerLane<int, lanes> highest;
    ANNEAL_EACH_LANE(lane, lanes) {
      highest[lane] = cells_of_[lane].highest_from(last_column);
      cells_of_[lane].clear_from(last_column);
    }
    const int value = group_max(highest);
    progress_.offer_query_end(row, Value::score(value));
    return value;
  }

  ANNEAL_FN bool drops(int row, int highest) {
    const int score = Value::score(highest);
    const int diagonal = Value::slot(highest) - left_;
    if (progress_.is_better(score)) {
      progress_.improve(row, score, diagonal);
      return false;
    }
    return progress_.may_drop(score) && progress_.drops(score, diagonal);
  }

  /// Finds the end of the next row: two columns after the last score that is not 0, which E is not behind.
  ANNEAL_FN void narrow(int row, int last_column) {
    const bool ends_query = last_column < end_;
    sure_until_ = 0;
    if (end_ == used_ && !ends_query && stays_wide(row)) return;
    PerLane<int, lanes> last;
    ANNEAL_EACH_LANE(lane, lanes) { last[lane] = cells_of_[lane].last_positive(); }
    const int behind = group_max(last) + 2;
    const int end = behind < used_ ? behind : used_;
    if (end > end_ && end_ < last_column) add_untouched(row);
    const int column = (ends_query ? last_column + 1 : end_) + row - left_;
    furthest_end_ = column > furthest_end_ ? column : furthest_end_;
    if (end != end_) set_end(end);
  }
  /// Whether the next row ends where the band does. If so, also for how many more rows that is certain: a diagonal
  /// loses no more than a pair of letters costs.
  ANNEAL_FN bool stays_wide(int row) {
    PerLane<int, lanes> highest;
    ANNEAL_EACH_LANE(lane, lanes) { highest[lane] = cells_of_[lane].highest_from(used_ - 2); }
    const int value = group_max(highest);
    if (value < Value::unit) return false;
    sure_until_ = row + 1 + (Value::score(value) - 1) / parameters_.costs.loss;
    return true;
  }
  /// The next row's last cell, diagonally behind one that no row has had yet: there is still what a gap next to the
  /// seed had left.
  ANNEAL_FN void add_untouched(int row) {
    const int column = end_ + row - left_;  // of the row's end
    if (column >= furthest_end_ && column < seed_.reach()) set_h(end_, seed_.after(column + 1));
  }

  ANNEAL_FN void set_h(int slot, int score) {
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].set_h(slot, score); }
  }
  ANNEAL_FN void set_end(int end) {
    end_ = end;
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].set_end(end, parameters_); }
  }

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const ExtendParameters& parameters_;
  ANNEAL_SHARED const Word* table_;
  ANNEAL_THREAD const ExtendJob& job_;
  ExtendProgress progress_;
  SeedGaps seed_;
  int left_;          // the slot of diagonal 0
  int used_;          // slots of the band
  int seed_rows_;     // rows with a gap next to the seed, in column 0
  int end_;           // the first slot behind the row
  int furthest_end_;  // of all rows so far: the first column behind it
  int sure_until_;    // rows before this end where the band does, unless the query's end is before
  int quiet_until_;   // rows before this have nothing else to look after
  LetterReader target_;
  Word upcoming_[period_words];
  PerLane<Cells, lanes> cells_of_;
};

}  // namespace anneal::align::recurrence
