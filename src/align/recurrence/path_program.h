// What a group of lanes does to find the paths of the alignments in a Word, whose scores and ends are known.
//
// Strips are filled from the first row down, each only where diagonals of the rectangle cross it; H and F of a strip's
// last row wait in memory. Every column's trace goes to memory, to be walked back over. Or that of as many strips as
// have room: the last ones, which one lane per alignment walks over; then the others are filled once more, from the
// last one up and only as far as the walk has come, and walked over at once.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_filler.h"
#include "align/recurrence/path_plan.h"
#include "align/recurrence/path_walks.h"

namespace anneal::align::recurrence {

/// `lanes_`: 2 to 32, a power of two. `banded_`: honours PathParameters::band. `retraces_`: keeps the trace of
/// few strips at a time.
template <class Strip_, int lanes_, bool banded_, bool retraces_>
class PathProgram {
 public:
  using Strip = Strip_;
  using Filler = PathFiller<Strip, lanes_, banded_>;
  using Form = typename Strip::Form;
  using Scores = typename Strip::Scores;
  using Job = PathJob<Form::parts>;
  static constexpr ANNEAL_CONSTANT int parts = Form::parts;
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT bool banded = banded_;
  static constexpr ANNEAL_CONSTANT bool retraces = retraces_;
  using Strips = PathStrips<lanes * Strip::rows, lanes, Strip::words, retraces, Filler::together>;
  using Plan = PathPlan<Form, Strips>;
  using Walks = PathWalks<Strip, Strips>;
  static_assert(!retraces || lanes >= parts, "every part needs a lane that walks");

  /// All groups of a warp must come here together. `table` is of the kind that Scores takes.
  ANNEAL_FN PathProgram(ANNEAL_THREAD const Job& job, ANNEAL_THREAD const Plan& plan,
                        ANNEAL_THREAD const PathParameters& parameters, ANNEAL_THREAD const PathPenalties& penalties,
                        ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE job_(job), plan_(plan), penalties_(penalties),
        filler_(job.of, parameters, penalties, table ANNEAL_LANE), strips_(plan.strips()),
        walks_(job, plan, parameters) {
    borders_ = reinterpret_cast<ANNEAL_GLOBAL Border*>(job.workspace + strips_.trace_words());
  }

  /// Keeps the trace of all strips, for Walks::find(). Only where not `retraces`.
  ANNEAL_FN void fill() {
    const int all_strips = warp_max(strips_.count());
    begin();
    for (int strip = 0; strip < all_strips; ++strip) {
      fill_strip<true, true>(strip, plan_.hull.columns);
      order_lanes();
    }
  }
  /// Finds a part's path, which the lane of that number then knows. Only where `retraces`.
  ANNEAL_FN void fill_and_walk(ANNEAL_THREAD PerLane<PathResult, lanes>& results) {
    // Groups of a warp keep the same ones.
    const int all_strips = warp_max(strips_.count()), first_kept = warp_max(strips_.first_kept());
    PerLane<PathCursor, lanes> cursors;
    begin();
    ANNEAL_EACH_LANE(lane, lanes) { cursors[lane] = lane < parts ? walks_.begin(lane) : PathCursor{}; }
    for (int strip = 0; strip < first_kept; ++strip) {
      fill_strip<false, true>(strip, plan_.hull.columns);
      order_lanes();
    }
    for (int strip = first_kept; strip < all_strips; ++strip) {
      fill_strip<true, true>(strip, plan_.hull.columns);
      order_lanes();
    }
    walk_up_to(first_kept, cursors);
    for (int strip = first_kept - 1; strip >= 0; --strip) {
      fill_strip<true, false>(strip, columns_to_trace(strip * Strips::height, cursors));
      order_lanes();
      walk_up_to(strip, cursors);
    }
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane < parts) results[lane] = walks_.finish(lane, cursors[lane]);
    }
  }

  /// How many it has filled, of all parts.
  ANNEAL_FN long cells() const { return parts * cells_; }

 private:
  ANNEAL_FN void walk_up_to(int strip, ANNEAL_THREAD PerLane<PathCursor, lanes>& cursors) const {
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane < parts) walks_.go_on(lane, strip * Strips::height, cursors[lane]);
    }
    order_lanes();
  }
  ANNEAL_FN void begin() {
    ANNEAL_EACH_LANE(lane, lanes) { set_first_row(lane); }
    order_lanes();
  }

  /// Where borders_ has column 0 of what lies below a strip, or would have it.
  ANNEAL_FN int border_at(int strip) const {
    return strips_.border_row(strip) * strips_.most_steps() - strips_.border_begin(strip);
  }
  ANNEAL_FN void set_first_row(int lane) {
    if (strips_.count() == 0) return;
    for (int column = strips_.border_begin(-1) + lane; column < strips_.border_end(-1); column += lanes) {
      const Word h = filler_.edges(0, column + 1);
      borders_[border_at(-1) + column] = {h, Strip::insertion_below(h, penalties_)};
    }
  }

  /// How many columns walks still need of the strip below a row.
  ANNEAL_FN int columns_to_trace(int first_row, ANNEAL_THREAD PerLane<PathCursor, lanes>& cursors) const {
    PerLane<int, lanes> columns;
    ANNEAL_EACH_LANE(lane, lanes) {
      columns[lane] = lane < parts && cursors[lane].goes_on(first_row) ? cursors[lane].j : 0;
    }
    for (int distance = lanes / 2; distance > 0; distance /= 2) {
      PerLane<int, lanes> other = exchange(columns, distance);
      ANNEAL_EACH_LANE(lane, lanes) { columns[lane] = other[lane] > columns[lane] ? other[lane] : columns[lane]; }
    }
    return columns[0];
  }

  /// The columns before `last_column`. `traced`: trace is kept. `first`: for the first time.
  template <bool traced, bool first>
  ANNEAL_FN void fill_strip(int strip, int last_column) {
    PathPatch patch;
    if (strip < strips_.count()) {
      patch.first_row = strip * Strips::height;
      patch.begin = strips_.begin(strip);
      const int columns = max_word(min_of(strips_.end(strip), last_column) - patch.begin, 0);
      patch.columns = columns;
      patch.above = borders_ + border_at(strip - 1) + patch.begin;
      patch.above_begin = strips_.border_begin(strip - 1) - patch.begin;
      patch.above_columns = strips_.border_end(strip - 1) - strips_.border_begin(strip - 1);
      if (first && strip + 1 < strips_.count()) patch.below = borders_ + border_at(strip) + patch.begin;
      patch.trace = job_.workspace + strips_.at(strip, 0, 0);
      cells_ += static_cast<long>(columns) * min_of(plan_.hull.rows - patch.first_row, Strips::height);
    }
    filler_.template fill<traced>(patch);
  }
  ANNEAL_FN static int min_of(int a, int b) { return a < b ? a : b; }

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const Job& job_;
  ANNEAL_THREAD const Plan& plan_;
  ANNEAL_THREAD const PathPenalties& penalties_;
  Filler filler_;
  Strips strips_;
  Walks walks_;
  ANNEAL_GLOBAL Border* borders_;
  long cells_ = 0;
};

}  // namespace anneal::align::recurrence
