// What a group of lanes does with one pair of Mode::extend whose band it can hold in registers.
//
// The group goes down the target row by row. Its lanes lie side by side in the band, so a row is done at once, except
// for gaps along it: gaps open from M only, so that F is the highest of what all cells before have to offer, which
// lanes find out from each other. What the definition calls begin and end of a row are its zeros: left of begin, cells
// are 0 and stay 0; from end on they have to be kept from gaps that would get there.
#pragma once

#include "align/recurrence/extend_cells.h"
#include "align/recurrence/extend_progress.h"
#include "align/recurrence/target_letters.h"

namespace anneal::align::recurrence {

template <class Scores_, int lanes_, int cells_>
class ExtendProgram {
 public:
  using Scores = Scores_;
  using Cells = ExtendCells<Scores, lanes_, cells_>;
  using Value = typename Cells::Value;
  static constexpr int lanes = lanes_;
  static constexpr int cells = cells_;
  static constexpr int width = lanes * cells;  ///< diagonals that it has room for

  /// `table`: as extend_scores.h says.
  ANNEAL_FN ExtendProgram(ANNEAL_THREAD const ExtendJob& job, ANNEAL_THREAD const ExtendParameters& parameters,
                          ANNEAL_SHARED const Word* table)
      : parameters_(parameters), table_(table), job_(job), progress_(job.h0), seed_(job.h0, parameters.costs) {}

  ANNEAL_FN ExtendEnd run() {
    if (!has_letters(job_)) return progress_.end();
    begin();
    TargetLetters target(job_.target, job_.target_length);
    load_row(target.next());
    for (int row = 0; row < job_.target_length; ++row) {
      begin_row(row);
      load_row(target.next());
      const int highest = fill_row();
      const bool ends_query = last_column_ < end_;
      const int at_query_end = ends_query ? end_query(row) : 0;
      if (highest < Value::unit || drops(row, highest)) break;
      if (!(ends_query ? at_query_end >= Value::unit : row < sure_until_)) narrow(row, ends_query);
      add_seed_gap(row + 1);
      --last_column_;
    }
    return progress_.end();
  }

 private:
  ANNEAL_FN void begin() {
    left_ = job_.band < job_.target_length ? job_.band : job_.target_length - 1;
    const int right = job_.band < job_.query_length ? job_.band : job_.query_length - 1;
    used_ = left_ + 1 + right;
    last_column_ = job_.query_length - 1 + left_;
    furthest_end_ = sure_until_ = 0;
    ANNEAL_EACH_LANE(lane, lanes) {
      cells_of_[lane].begin(lane * cells, left_, job_.h0, seed_);
      cells_of_[lane].clear_from(used_);
      cells_of_[lane].scores.begin(job_.query, job_.query_length, lane * cells - left_);
    }
    set_end(used_);
  }

  ANNEAL_FN void load_row(int letter) {
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].scores.load_row(table_, letter); }
  }
  ANNEAL_FN void begin_row(int row) {
    ANNEAL_EACH_LANE(lane, lanes) {
      if (row > 0) cells_of_[lane].scores.slide();
      if (row % Scores::period == 0) cells_of_[lane].scores.refill();
      cells_of_[lane].scores.begin_row();
    }
  }

  /// Returns the highest value of H.
  ANNEAL_FN int fill_row() {
    PerLane<int, lanes> f, e, highest;
    ANNEAL_EACH_LANE(lane, lanes) { f[lane] = cells_of_[lane].align(parameters_); }
    pass_gaps(f);
    ANNEAL_EACH_LANE(lane, lanes) { highest[lane] = cells_of_[lane].finish(parameters_, f[lane], e[lane]); }
    e = from_above(e);
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].set_last_e(lane == lanes - 1 ? Value::none : e[lane]); }
    return group_max(highest);
  }
  /// From what each lane's gaps lead to in the next lane, to the best that comes from any lane.
  ANNEAL_FN void pass_gaps(ANNEAL_THREAD PerLane<int, lanes>& f) {
    f = from_below(f, 1);
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane == 0) f[lane] = Value::none;
    }
    ANNEAL_UNROLL
    for (int step = 0; 1 << step < lanes; ++step) {
      // A lane that has none so far below gets its own value, which is no better with a longer gap.
      PerLane<int, lanes> other = from_below(f, 1 << step);
      ANNEAL_EACH_LANE(lane, lanes) { f[lane] = add_max_word(other[lane], parameters_.decay[step], f[lane]); }
    }
    ANNEAL_EACH_LANE(lane, lanes) {
      if (cells_of_[lane].first() >= end_) f[lane] = Value::none;
    }
  }

  /// Returns the value of the query's last column. What was computed behind it is done away with. No such cell is the
  /// row's best, as only gaps lead there.
  ANNEAL_FN int end_query(int row) {
    PerLane<int, lanes> highest;
    ANNEAL_EACH_LANE(lane, lanes) {
      highest[lane] = cells_of_[lane].highest_from(last_column_);
      cells_of_[lane].clear_from(last_column_);
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
    return progress_.may_drop(score, parameters_.costs) && progress_.drops(score, diagonal, parameters_.costs);
  }

  /// Finds the end of the next row: two columns after the last score that is not 0, which E is not behind.
  ANNEAL_FN void narrow(int row, bool ends_query) {
    sure_until_ = 0;
    if (end_ == used_ && !ends_query && stays_wide(row)) return;
    PerLane<int, lanes> last;
    ANNEAL_EACH_LANE(lane, lanes) { last[lane] = cells_of_[lane].last_positive(); }
    const int behind = group_max(last) + 2;
    const int end = behind < used_ ? behind : used_;
    if (end > end_) add_untouched(row);
    const int column = (ends_query ? last_column_ + 1 : end_) + row - left_;
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
    if (column < furthest_end_ || column + 1 > seed_.reach() || end_ >= last_column_) return;
    set_h(end_, seed_.after(column + 1));
  }
  /// H of column 0 for the row that comes.
  ANNEAL_FN void add_seed_gap(int row) {
    if (row <= seed_.reach() && row <= left_) set_h(left_ - row, seed_.after(row));
  }

  ANNEAL_FN void set_h(int slot, int score) {
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].set_h(slot, score); }
  }
  ANNEAL_FN void set_end(int end) {
    end_ = end;
    ANNEAL_EACH_LANE(lane, lanes) { cells_of_[lane].set_end(end, parameters_); }
  }

  ANNEAL_THREAD const ExtendParameters& parameters_;
  ANNEAL_SHARED const Word* table_;
  ANNEAL_THREAD const ExtendJob& job_;
  ExtendProgress progress_;
  SeedGaps seed_;
  int left_;          // the slot of diagonal 0
  int used_;          // slots of the band
  int last_column_;   // the slot of the query's last column, which may be none of the band
  int end_;           // the first slot behind the row
  int furthest_end_;  // of all rows so far: the first column behind it
  int sure_until_;    // rows before this end where the band does
  PerLane<Cells, lanes> cells_of_;
};

}  // namespace anneal::align::recurrence
