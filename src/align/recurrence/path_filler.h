// Fills a strip of rows, column by column, and leaves its trace.
//
// Lane k of a group holds the rows k * rows .. (k + 1) * rows - 1 of the strip and is a column behind lane k - 1.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/letter_stream.h"
#include "align/recurrence/path_plan.h"
#include "align/recurrence/path_strip.h"

namespace anneal::align::recurrence {

/// The part of a strip that is filled, in rows and columns of the rectangles.
struct PathPatch {
  int first_row = 0;
  int begin = 0;  ///< the first column
  int columns = 0;
  // What lies above; beyond these columns, which count from the first one, it is the floor.
  ANNEAL_GLOBAL const Border* above = nullptr;  ///< of the first column
  int above_begin = 0;
  int above_columns = 0;
  ANNEAL_GLOBAL Border* below = nullptr;  ///< where the last row of the first column goes, if not null
  ANNEAL_GLOBAL Word* trace = nullptr;
};

/// `lanes_`: 2 to 32, a power of two. `banded_`: honours PathRectangle::in_band().
template <class Strip_, int lanes_, bool banded_>
class PathFiller {
 public:
  using Strip = Strip_;
  using Form = typename Strip::Form;
  using Scores = typename Strip::Scores;
  static constexpr ANNEAL_CONSTANT int parts = Form::parts;
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT bool banded = banded_;
  /// Steps: as much code as pays.
  static constexpr ANNEAL_CONSTANT int unrolled = banded ? 1 : Strip::rows <= 8 ? 4 : 2;
  /// Steps whose trace a lane writes at once, 16 bytes at most.
  static constexpr ANNEAL_CONSTANT int together = unrolled * Strip::words <= 4 ? unrolled : 4 / Strip::words;
  using Parts = PathParts<parts>;

  /// All groups of a warp must come here together. `table` is of the kind that Scores takes.
  ANNEAL_FN PathFiller(ANNEAL_THREAD const Parts& of, ANNEAL_THREAD const PathParameters& parameters,
                       ANNEAL_THREAD const PathPenalties& penalties,
                       ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE parts_(of), parameters_(parameters), penalties_(penalties), table_(table) {}

  /// All groups of a warp come here, also without columns.
  template <bool traced>
  ANNEAL_FN void fill(ANNEAL_THREAD const PathPatch& patch) {
    patch_ = patch;
    columns_to_store_ = patch.columns == 0 ? 0 : patch.columns + together - 1;
    ANNEAL_EACH_LANE(lane, lanes) { begin(lane); }
    const int steps = warp_max(patch.columns) + lanes - 1;
    ANNEAL_UNROLL_BY(1)
    for (int step = 0; step < steps; step += 4) four_steps<traced>(step);
  }

  /// Where the trace of a lane's step begins. What lanes write at once lies together: memory takes whole lines best.
  ANNEAL_CONSTANT_FN static Word trace_at(Word step, Word lane) {
    constexpr Word size = together;
    return (step / size * size * lanes + lane * size + step % size) * Strip::words;
  }

  ANNEAL_FN Word floor() const { return Form::without_dust(penalties_.floor); }
  /// H(i,j) on the edge of all parts' rectangles, stored.
  ANNEAL_FN Word edges(int i, int j) const { return Form::join(edge(0, i, j), edge(parts - 1, i, j)); }

 private:
  /// The floor where it is too low to matter, or outside the band.
  ANNEAL_FN Word edge(int part, int i, int j) const {
    const long score = j == 0 ? parameters_.first_column(i) : parameters_.first_row(j);
    const long lowest = static_cast<long>(Form::part(floor(), 0) / Form::unit), stored = parts_.zero[part] + score;
    const bool exists = stored > lowest && (!banded || parts_.rectangle[part].in_band(i, j));
    return Form::unit * static_cast<Word>(exists ? stored : lowest);
  }

  ANNEAL_FN void begin(int lane) {
    const int first_row = patch_.first_row + lane * Strip::rows;
    ANNEAL_UNROLL
    for (int row = -1; row < Strip::rows; ++row) {
      const bool is_edge = patch_.begin == 0;
      strip_[lane].set_first_column(row, is_edge ? edges(first_row + row + 1, 0) : floor(), penalties_);
      if (row < 0) continue;
      Word codes[parts];
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) {
        ANNEAL_THREAD const PathRectangle& rectangle = parts_.rectangle[part];
        const int letter = rectangle.first_row + first_row + row;
        const bool exists = first_row + row < rectangle.rows && letter >= 0;
        codes[part] = exists ? parts_.pair[part].query[letter] : Word{Scores::query_padding};
      }
      strip_[lane].scores.set_row(row, codes);
    }
    if (lane == 0 && patch_.begin > 0) {
      const Border corner = above(-1);
      strip_[lane].set_first_column(-1, corner.h, penalties_);
    }
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      ANNEAL_THREAD const PathRectangle& rectangle = parts_.rectangle[part];
      targets_[part][lane].begin_at(reinterpret_cast<ANNEAL_GLOBAL const Word*>(parts_.pair[part].target),
                                    rectangle.first_column + rectangle.columns,
                                    rectangle.first_column + patch_.begin - lane, Scores::target_padding);
    }
    h_[lane] = floor();
    f_[lane] = Strip::insertion_below(floor(), penalties_);
    Border first = {floor(), f_[lane]};
    if (lane == 0) first = above(0);
    upcoming_[lane] = first;
  }
  /// What is above a column, counted from the first one.
  ANNEAL_FN Border above(int column) const {
    const bool exists = static_cast<Word>(column - patch_.above_begin) < static_cast<Word>(patch_.above_columns);
    Border border = {floor(), Strip::insertion_below(floor(), penalties_)};
    if (exists) border = patch_.above[column];
    return border;
  }

  template <bool traced>
  ANNEAL_FN void four_steps(int step) {
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
        for (int n = 0; n < together; ++n) one_step(step + first + k, n, 8 * (first + k + n), letters, traces);
        if (traced) store(step + first + k, traces);
      }
    }
  }

  /// Of so many steps as a lane writes at once.
  struct alignas(4 * Strip::words * together) Traces {
    typename Strip::Trace of_step[together];
  };
  ANNEAL_FN void one_step(int first_step, int k, int shift, ANNEAL_THREAD PerLane<Word, lanes> (&letters)[parts],
                          ANNEAL_THREAD PerLane<Traces, lanes>& traces) {
    const int step = first_step + k;
    shift_borders(step);
    ANNEAL_EACH_LANE(lane, lanes) {
      traces[lane].of_step[k] = {};
      if (static_cast<Word>(step - lane) < static_cast<Word>(patch_.columns)) {
        Word codes[parts];
        ANNEAL_UNROLL
        for (int part = 0; part < parts; ++part) codes[part] = letters[part][lane] >> shift & codes_in_table;
        strip_[lane].scores.set_column(table_, warp_lane(lane ANNEAL_LANE), codes, 0);
        traces[lane].of_step[k] = compute(lane, step - lane);
      }
    }
  }
  ANNEAL_FN void store(int step, ANNEAL_THREAD PerLane<Traces, lanes>& traces) {
    ANNEAL_EACH_LANE(lane, lanes) {
      if (static_cast<Word>(step + together - 1 - lane) < static_cast<Word>(columns_to_store_)) {
        *reinterpret_cast<ANNEAL_GLOBAL Traces*>(
            patch_.trace + trace_at(static_cast<Word>(step), static_cast<Word>(lane))) = traces[lane];
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

  ANNEAL_FN typename Strip::Trace compute(int lane, int column) {
    Border border = {h_[lane], f_[lane]};
    const auto trace = step_lane(lane, column, border);
    h_[lane] = border.h;
    f_[lane] = border.f;
    if (lane == lanes - 1 && patch_.below != nullptr) patch_.below[column] = border;
    return trace;
  }
  ANNEAL_FN typename Strip::Trace step_lane(int lane, int column, ANNEAL_THREAD Border& border) {
    if constexpr (banded) {
      // Row r of the lane, from 0, is row first_row + r + 1 of the rectangle.
      const int first_row = patch_.first_row + lane * Strip::rows;
      const int diagonal = patch_.begin + column - first_row;
      return strip_[lane].step_in_band(penalties_, border, diagonal - parts_.rectangle[0].band_highest,
                                       diagonal - parts_.rectangle[0].band_lowest);
    } else {
      return strip_[lane].step(penalties_, border);
    }
  }

  // Behind a target there may be padding for other kernels, which scores as some letter here.
  static constexpr ANNEAL_CONSTANT Word codes_in_table = Scores::is_by_letter ? Scores::table_words - 1 : 255;
  static_assert(!banded || parts == 1, "bands differ from pair to pair");

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const Parts& parts_;
  ANNEAL_THREAD const PathParameters& parameters_;
  ANNEAL_THREAD const PathPenalties& penalties_;
  ANNEAL_SHARED const Word* table_;
  PathPatch patch_;
  int columns_to_store_;  // with those of which a lane writes only some
  PerLane<Border, lanes> upcoming_;
  PerLane<Strip, lanes> strip_;
  PerLane<LetterStream, lanes> targets_[parts];
  PerLane<Word, lanes> h_;
  PerLane<Word, lanes> f_;
};

}  // namespace anneal::align::recurrence
