// What a group of lanes does to find the paths of the alignments in a Word, whose scores and ends are known.
//
// Lane k of a group holds the rows k * rows .. (k + 1) * rows - 1 of a strip and is a column behind lane k - 1. Strips
// are filled from the first row down, each only where diagonals of the rectangle cross it; H and F of a strip's last
// row wait in memory. Every column's trace goes to memory, to be walked back over. Or that of as many strips as have
// room: the last ones, which one lane per alignment walks over; then the others are filled once more, from the last one
// up and only as far as the walk has come, and walked over at once.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/letter_stream.h"
#include "align/recurrence/path_plan.h"
#include "align/recurrence/path_walks.h"

namespace anneal::align::recurrence {

/// `lanes_`: 2 to 32, a power of two. `banded_`: honours PathParameters::band. `retraces_`: keeps the trace of
/// few strips at a time.
template <class Strip_, int lanes_, bool banded_, bool retraces_>
class PathProgram {
 public:
  using Strip = Strip_;
  using Form = typename Strip::Form;
  using Scores = typename Strip::Scores;
  using Job = PathJob<Form::parts>;
  static constexpr ANNEAL_CONSTANT int parts = Form::parts;
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT bool banded = banded_;
  static constexpr ANNEAL_CONSTANT bool retraces = retraces_;
  /// Steps: as much code as pays.
  static constexpr ANNEAL_CONSTANT int unrolled = banded ? 1 : Strip::rows <= 8 ? 4 : 2;
  /// Steps whose trace a lane writes at once, 16 bytes at most.
  static constexpr ANNEAL_CONSTANT int together = unrolled * Strip::words <= 4 ? unrolled : 4 / Strip::words;
  using Strips = PathStrips<lanes * Strip::rows, lanes, Strip::words, retraces, together>;
  using Plan = PathPlan<Form, Strips>;
  using Walks = PathWalks<Strip, Strips>;
  static_assert(!retraces || lanes >= parts, "every part needs a lane that walks");

  /// All groups of a warp must come here together. `table` is of the kind that Scores takes.
  ANNEAL_FN PathProgram(ANNEAL_THREAD const Job& job, ANNEAL_THREAD const Plan& plan,
                        ANNEAL_THREAD const PathParameters& parameters, ANNEAL_THREAD const PathPenalties& penalties,
                        ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE job_(job), plan_(plan), parameters_(parameters), penalties_(penalties), table_(table),
        strips_(plan.strips()), walks_(job, plan, parameters) {
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

  ANNEAL_FN Word floor() const { return Form::without_dust(penalties_.floor); }
  /// A score on the edge, stored; the floor where it is too low to matter, or outside the band.
  ANNEAL_FN Word edge(int part, int i, int j) const {
    const long score = j == 0 ? parameters_.first_column(i) : parameters_.first_row(j);
    const long lowest = static_cast<long>(Form::part(floor(), 0) / Form::unit), stored = plan_.zero[part] + score;
    const bool exists = stored > lowest && (!banded || plan_.rectangle[part].in_band(i, j));
    return Form::unit * static_cast<Word>(exists ? stored : lowest);
  }
  ANNEAL_FN Word edges(int i, int j) const { return Form::join(edge(0, i, j), edge(parts - 1, i, j)); }

  /// Where borders_ has column 0 of what lies below a strip, or would have it.
  ANNEAL_FN int border_at(int strip) const {
    return strips_.border_row(strip) * strips_.most_steps() - strips_.border_begin(strip);
  }
  ANNEAL_FN void set_first_row(int lane) {
    if (strips_.count() == 0) return;
    for (int column = strips_.border_begin(-1) + lane; column < strips_.border_end(-1); column += lanes) {
      const Word h = edges(0, column + 1);
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
    const bool exists = strip < strips_.count();
    begin_ = exists ? strips_.begin(strip) : 0;
    const int end = exists ? strips_.end(strip) : 0;
    columns_ = (end < last_column ? end : last_column) - begin_;
    if (columns_ < 0) columns_ = 0;
    const int rows_left = plan_.hull.rows - strip * Strips::height;
    cells_ += static_cast<long>(columns_) * (rows_left < Strips::height ? rows_left : Strips::height);
    columns_to_store_ = columns_ == 0 ? 0 : columns_ + together - 1;
    above_first_ = strips_.border_begin(strip - 1) - begin_;
    above_columns_ = exists ? strips_.border_end(strip - 1) - strips_.border_begin(strip - 1) : 0;
    above_at_ = border_at(strip - 1) + begin_;
    below_at_ = border_at(strip) + begin_;
    has_below_ = strip + 1 < strips_.count() && first;
    trace_ = job_.workspace + (exists ? strips_.at(strip, 0, 0) : 0);
    ANNEAL_EACH_LANE(lane, lanes) { begin_strip(strip, lane); }
    const int steps = warp_max(columns_) + lanes - 1;
    ANNEAL_UNROLL_BY(1)
    for (int step = 0; step < steps; step += 4) four_steps<traced>(strip, step);
  }

  ANNEAL_FN void begin_strip(int strip, int lane) {
    const int first_row = strip * Strips::height + lane * Strip::rows;
    ANNEAL_UNROLL
    for (int row = -1; row < Strip::rows; ++row) {
      const bool is_edge = begin_ == 0;
      strip_[lane].set_first_column(row, is_edge ? edges(first_row + row + 1, 0) : floor(), penalties_);
      if (row < 0) continue;
      Word codes[parts];
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) {
        ANNEAL_THREAD const PathRectangle& rectangle = plan_.rectangle[part];
        const bool exists = first_row + row < rectangle.rows;
        codes[part] =
            exists ? job_.pair[part].query[rectangle.first_row + first_row + row] : Word{Scores::query_padding};
      }
      strip_[lane].scores.set_row(row, codes);
    }
    if (lane == 0 && begin_ > 0) {
      const Border corner = above(-1);
      strip_[lane].set_first_column(-1, corner.h, penalties_);
    }
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      ANNEAL_THREAD const PathRectangle& rectangle = plan_.rectangle[part];
      targets_[part][lane].begin_at(reinterpret_cast<ANNEAL_GLOBAL const Word*>(job_.pair[part].target),
                                    rectangle.first_column + rectangle.columns, rectangle.first_column + begin_ - lane,
                                    Scores::target_padding);
    }
    h_[lane] = floor();
    f_[lane] = Strip::insertion_below(floor(), penalties_);
    upcoming_[lane] = lane == 0 ? above(0) : Border{floor(), f_[lane]};
  }
  /// What is above a column, counted from the strip's first one.
  ANNEAL_FN Border above(int column) const {
    const bool exists = static_cast<Word>(column - above_first_) < static_cast<Word>(above_columns_);
    Border border = {floor(), Strip::insertion_below(floor(), penalties_)};
    if (exists) border = borders_[above_at_ + column];
    return border;
  }

  template <bool traced>
  ANNEAL_FN void four_steps(int strip, int step) {
    PerLane<Word, lanes> letters[parts];
    ANNEAL_EACH_LANE(lane, lanes) {
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) letters[part][lane] = targets_[part][lane].advance();
    }
    ANNEAL_UNROLL_BY(1)
    for (int first = 0; first < 4; first += unrolled) {
      ANNEAL_UNROLL
      for (int k = 0; k < unrolled; k += together) {
        PerLane<Traces, lanes> traces;
        ANNEAL_UNROLL
        for (int n = 0; n < together; ++n) one_step(strip, step + first + k, n, 8 * (first + k + n), letters, traces);
        if (traced) store(step + first + k, traces);
      }
    }
  }

  /// Of so many steps as a lane writes at once.
  struct alignas(4 * Strip::words * together) Traces {
    typename Strip::Trace of_step[together];
  };
  ANNEAL_FN void one_step(int strip, int first_step, int k, int shift,
                          ANNEAL_THREAD PerLane<Word, lanes> (&letters)[parts],
                          ANNEAL_THREAD PerLane<Traces, lanes>& traces) {
    const int step = first_step + k;
    shift_borders(step);
    ANNEAL_EACH_LANE(lane, lanes) {
      traces[lane].of_step[k] = {};
      if (static_cast<Word>(step - lane) < static_cast<Word>(columns_)) {
        Word codes[parts];
        ANNEAL_UNROLL
        for (int part = 0; part < parts; ++part) codes[part] = letters[part][lane] >> shift & codes_in_table;
        strip_[lane].scores.set_column(table_, warp_lane(lane ANNEAL_LANE), codes, 0);
        traces[lane].of_step[k] = compute(strip, lane, step);
      }
    }
  }
  ANNEAL_FN void store(int step, ANNEAL_THREAD PerLane<Traces, lanes>& traces) {
    ANNEAL_EACH_LANE(lane, lanes) {
      if (static_cast<Word>(step + together - 1 - lane) < static_cast<Word>(columns_to_store_)) {
        *reinterpret_cast<ANNEAL_GLOBAL Traces*>(trace_ + strips_.at(0, step, lane)) = traces[lane];
      }
    }
  }

  ANNEAL_FN void shift_borders(int step) {
    PerLane<Word, lanes> first_h, first_f;
    ANNEAL_EACH_LANE(lane, lanes) {
      first_h[lane] = upcoming_[lane].h;
      first_f[lane] = upcoming_[lane].f;
      if (lane == 0) upcoming_[lane] = above(step + 1);  // arrives during this column
    }
    shift_up(h_, first_h ANNEAL_LANE);
    shift_up(f_, first_f ANNEAL_LANE);
  }

  ANNEAL_FN typename Strip::Trace compute(int strip, int lane, int step) {
    Border border = {h_[lane], f_[lane]};
    const auto trace = step_lane(strip, lane, begin_ + step - lane, border);
    h_[lane] = border.h;
    f_[lane] = border.f;
    if (lane == lanes - 1 && has_below_) borders_[below_at_ + step - lane] = border;
    return trace;
  }
  ANNEAL_FN typename Strip::Trace step_lane(int strip, int lane, int column, ANNEAL_THREAD Border& border) {
    if constexpr (banded) {
      // Row r of the lane, from 0, is row first_row + r + 1 of the rectangle.
      const int first_row = strip * Strips::height + lane * Strip::rows;
      const int diagonal = column - first_row;
      return strip_[lane].step_in_band(penalties_, border, diagonal - plan_.rectangle[0].band_highest,
                                       diagonal - plan_.rectangle[0].band_lowest);
    } else {
      return strip_[lane].step(penalties_, border);
    }
  }

  // Behind a target there may be padding for other kernels, which scores as some letter here.
  static constexpr ANNEAL_CONSTANT Word codes_in_table = Scores::is_by_letter ? Scores::table_words - 1 : 255;
  static_assert(!banded || parts == 1, "bands differ from pair to pair");

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const Job& job_;
  ANNEAL_THREAD const Plan& plan_;
  ANNEAL_THREAD const PathParameters& parameters_;
  ANNEAL_THREAD const PathPenalties& penalties_;
  ANNEAL_SHARED const Word* table_;
  Strips strips_;
  Walks walks_;
  ANNEAL_GLOBAL Border* borders_;
  // Of the strip that is being filled, and of the one above it.
  int begin_;
  int columns_;
  long cells_ = 0;
  int columns_to_store_;  // with those of which a lane writes only some
  int above_first_;
  int above_columns_;
  int above_at_;  // where borders_ has what lies above the first column
  int below_at_;
  bool has_below_;
  ANNEAL_GLOBAL Word* trace_;
  PerLane<Border, lanes> upcoming_;
  PerLane<Strip, lanes> strip_;
  PerLane<LetterStream, lanes> targets_[parts];
  PerLane<Word, lanes> h_;
  PerLane<Word, lanes> f_;
};

}  // namespace anneal::align::recurrence
