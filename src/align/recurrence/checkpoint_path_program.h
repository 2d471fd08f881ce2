// What a group of lanes does to find local paths whose ends are known, and rows of whose matrices have been kept.
//
// Strips are as high as checkpoints are apart, and filled from the one that has the end on upwards, each at once walked
// over: where the walk leaves a strip, the next one ends. So no more of a strip is filled than lies left of there, as
// far as the path may come from: it cannot cross a checkpoint at a column whose H is lower than the score that the path
// has at its other side, less what as many letters as lie between can add.
#pragma once

#include "align/recurrence/checkpoints.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/path_filler.h"
#include "align/recurrence/path_plan.h"
#include "align/recurrence/path_walk.h"

namespace anneal::align::recurrence {

/// The alignments of a group. One without a query is none.
template <int parts>
struct CheckpointPathJob {
  PathParts<parts> of;
  ANNEAL_GLOBAL const Checkpoints* checkpoints[parts];
  ANNEAL_GLOBAL Word* workspace;  ///< at a multiple of 16 bytes
};

/// The trace of one part of the Words in a patch.
template <class Filler>
class PatchTrace {
 public:
  ANNEAL_FN PatchTrace(ANNEAL_THREAD const PathPatch& patch, int part) : patch_(patch), part_(part) {}

  /// PathBits of a cell. Rows and columns count from 1.
  ANNEAL_FN Word bits(int i, int j) const {
    constexpr Word rows = Strip::rows, rows_per_word = Strip::rows_per_word;
    const Word row = static_cast<Word>(i - 1 - patch_.first_row), lane = row / rows, row_of_lane = row % rows;
    const Word first = Filler::trace_at(static_cast<Word>(j - 1 - patch_.begin) + lane, lane);
    const Word word = patch_.trace[first + row_of_lane / rows_per_word];
    return Strip::bits(word, static_cast<int>(row_of_lane % rows_per_word), part_);
  }

 private:
  using Strip = typename Filler::Strip;

  ANNEAL_THREAD const PathPatch& patch_;
  int part_;
};

template <class Strip_, int lanes_>
class CheckpointPathProgram {
 public:
  using Strip = Strip_;
  using Form = typename Strip::Form;
  using Scores = typename Strip::Scores;
  using Job = CheckpointPathJob<Form::parts>;
  using Filler = PathFiller<Strip, lanes_, false>;
  static constexpr ANNEAL_CONSTANT int parts = Form::parts;
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT int height = lanes * Strip::rows;  ///< Checkpoints::height
  /// Of a strip: paths that may come from farther left are left out.
  static constexpr ANNEAL_CONSTANT int most_columns = 4 * height;
  static_assert(lanes >= parts, "every part needs a lane that walks");

  /// Words of workspace for pairs with ends up to these: trace, border, operations.
  ANNEAL_CONSTANT_FN static long words(long query_end, long target_end) {
    return ops_begin + (parts * (query_end + target_end) + 3) / 4 * 4;
  }
  /// As PathPlan::holds().
  ANNEAL_CONSTANT_FN static bool holds(ANNEAL_THREAD const PathParameters& parameters, int rows, int columns,
                                       long lowest_score, long highest_score) {
    using Plan = PathPlan<Form, PathStrips<height, lanes, Strip::words>>;
    return Plan::holds(parameters, rows, columns, lowest_score, highest_score);
  }
  /// Makes a part one of a job whose longest query has that many letters. False where the form cannot hold its scores.
  ANNEAL_CONSTANT_FN static bool add_part(ANNEAL_THREAD const PathParameters& parameters, int longest_query,
                                          ANNEAL_THREAD const PathPair& pair, ANNEAL_THREAD PathRectangle& rectangle) {
    if (!holds(parameters, pair.query_length, pair.end.target_end, pair.end.score, pair.end.score)) return false;
    // Rows above the first letter make all queries of a job end with a strip.
    rectangle.first_row = pair.query_length - (longest_query + height - 1) / height * height;
    rectangle.rows = pair.end.query_end - rectangle.first_row;
    rectangle.columns = pair.end.target_end;
    return true;
  }

  /// All groups of a warp must come here together. `table` is of the kind that Scores takes.
  ANNEAL_FN CheckpointPathProgram(ANNEAL_THREAD const Job& job, ANNEAL_THREAD const PathParameters& parameters,
                                  ANNEAL_THREAD const PathPenalties& penalties,
                                  ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE job_(job), parameters_(parameters), filler_(job.of, parameters, penalties, table ANNEAL_LANE) {
    above_ = reinterpret_cast<ANNEAL_GLOBAL Border*>(job.workspace + border_begin);
  }

  /// Finds a part's path, which the lane of that number then knows; of one that was left out, `ops` is negative.
  ANNEAL_FN void find(ANNEAL_THREAD PerLane<PathResult, lanes>& results) {
    int rows = 0;
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) rows = max_word(rows, job_.of.rectangle[part].rows);
    ANNEAL_EACH_LANE(lane, lanes) { begin(lane); }
    const int strips = (rows + height - 1) / height, most_strips = warp_max(strips);
    for (int above = 1; above <= most_strips; ++above) {
      // A group without so many strips has none that a walk goes on in.
      do_strip((strips - above) * height);
    }
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane < parts) results[lane] = finish(lane);
    }
  }

  /// Where a part's operations end.
  ANNEAL_FN ANNEAL_GLOBAL Word* ops_end(int part) const {
    ANNEAL_GLOBAL Word* end = job_.workspace + ops_begin;
    for (int before = 0; before <= part; ++before) end += most_ops(before);
    return end;
  }
  /// How many it has filled, of all parts.
  ANNEAL_FN long cells() const { return parts * cells_; }

 private:
  /// What a lane that walks knows.
  struct Walker {
    PathCursor at;
    int score = 0;  ///< of the path up to there, at least
    bool left_out = false;
  };
  /// The same of a part, in every lane.
  struct Bound {
    int rows;  ///< of the strip, up to where the walk is; 0: it does not go on there
    int column;
    int score;
  };

  ANNEAL_FN int most_ops(int part) const {
    ANNEAL_THREAD const PathPair& pair = part == 0 ? job_.of.pair[0] : job_.of.pair[parts - 1];
    return pair.end.query_end + pair.end.target_end;
  }
  ANNEAL_FN ANNEAL_THREAD const PathRectangle& rectangle(int part) const {
    return part == 0 ? job_.of.rectangle[0] : job_.of.rectangle[parts - 1];
  }

  ANNEAL_FN void begin(int lane) {
    walkers_[lane] = Walker{};
    if (lane >= parts) return;
    walkers_[lane].at.i = rectangle(lane).rows;
    walkers_[lane].at.j = rectangle(lane).columns;
    walkers_[lane].at.ops.sink.end = ops_end(lane);
    walkers_[lane].score = (lane == 0 ? job_.of.pair[0] : job_.of.pair[parts - 1]).end.score;
  }
  ANNEAL_FN PathResult finish(int lane) {
    ANNEAL_THREAD Walker& walker = walkers_[lane];
    if (walker.left_out) return {-1, -1, -1};
    walker.at.ops.flush();
    return {rectangle(lane).first_row + walker.at.i, walker.at.j, walker.at.ops.sink.count};
  }

  /// All groups of a warp come here.
  ANNEAL_FN void do_strip(int first_row) {
    Bound bounds[parts];
    last_ = 0;
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      bounds[part] = bound(part, first_row);
      if (bounds[part].rows > 0) last_ = max_word(last_, bounds[part].column);
    }
    PathPatch patch;
    patch.first_row = first_row;
    const int columns = load_above(first_row, bounds);
    if (columns > 0) {
      patch.begin = last_ - columns;
      patch.columns = columns;
      patch.above = above_ + (most_columns - last_ + patch.begin + 1);
      patch.above_begin = -1;
      patch.above_columns = columns + 1;
      patch.trace = job_.workspace;
      cells_ += static_cast<long>(columns) * height;
    }
    order_lanes();
    filler_.template fill<true>(patch);
    order_lanes();
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane < parts && goes_on(lane, first_row)) walk(lane, patch);
    }
    order_lanes();
  }

  /// The first row of a strip that has letters.
  ANNEAL_FN int first_letter_row(int part, int first_row) const {
    return max_word(first_row, -rectangle(part).first_row);
  }
  ANNEAL_FN bool goes_on(int lane, int first_row) {
    return !walkers_[lane].left_out && walkers_[lane].at.goes_on(first_letter_row(lane, first_row));
  }
  ANNEAL_FN Bound bound(int part, int first_row) {
    PerLane<int, lanes> rows, column, score;
    ANNEAL_EACH_LANE(lane, lanes) {
      rows[lane] = lane < parts && goes_on(lane, first_row) ? walkers_[lane].at.i - first_row : 0;
      column[lane] = walkers_[lane].at.j;
      score[lane] = walkers_[lane].score;
    }
    return {from_lane(rows, part ANNEAL_LANE), from_lane(column, part ANNEAL_LANE), from_lane(score, part ANNEAL_LANE)};
  }

  /// Decodes the checkpoint above a strip, from the last column leftwards. How many columns of the strip there are; 0
  /// where no walk goes on, or where one may come from too far.
  ANNEAL_FN int load_above(int first_row, ANNEAL_THREAD const Bound (&bounds)[parts]) {
    int loaded = 0;
    bool goes_on = last_ > 0, is_too_wide = false;
    while (warp_max(goes_on ? 1 : 0) != 0) {
      PerLane<int, lanes> wanted;
      ANNEAL_EACH_LANE(lane, lanes) {
        wanted[lane] = goes_on && load_column(first_row, last_ - loaded - lane, bounds) ? 1 : 0;
      }
      const int is_wanted = group_max(wanted);
      goes_on = goes_on && is_wanted != 0;
      if (goes_on) loaded += lanes;
      is_too_wide = is_too_wide || loaded + lanes > most_columns;
      goes_on = goes_on && !is_too_wide;
    }
    if (is_too_wide) {
      ANNEAL_EACH_LANE(lane, lanes) {
        if (this->goes_on(lane, first_row)) walkers_[lane].left_out = true;
      }
      return 0;
    }
    return loaded < last_ ? loaded : last_;
  }

  /// Column j of the checkpoint, which may not exist. Whether a path may cross it there, or right of it.
  ANNEAL_FN bool load_column(int first_row, int j, ANNEAL_THREAD const Bound (&bounds)[parts]) {
    if (j < 0) return false;
    bool is_wanted = false;
    Border stored[parts];
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      Border scores = no_scores();
      if (bounds[part].rows > 0 && j > 0 && j <= bounds[part].column) scores = checkpoint(part, first_row, j);
      const int beyond = bounds[part].column - j - bounds[part].rows;
      const int most = parameters_.highest * bounds[part].rows - parameters_.gap_extend * (beyond > 0 ? beyond : 0);
      const bool is_reachable = beyond <= 0 || static_cast<int>(scores.h) + most >= bounds[part].score;
      is_wanted = is_wanted || (bounds[part].rows > 0 && j <= bounds[part].column && is_reachable);
      stored[part] = {Form::unit * (zero() + scores.h), Form::unit * (zero() + scores.f)};
    }
    above_[most_columns - last_ + j] = {Form::join(stored[0].h, stored[parts - 1].h),
                                        Form::join(stored[0].f, stored[parts - 1].f)};
    return is_wanted && j > 0;
  }
  /// What the score 0 is stored as, less the unit: it is the floor.
  ANNEAL_FN Word zero() const { return Form::part(filler_.floor(), 0) / Form::unit; }
  ANNEAL_FN Border no_scores() const { return {0, static_cast<Word>(-parameters_.gap_open - parameters_.gap_extend)}; }
  /// Scores of a part, not stored values.
  ANNEAL_FN Border checkpoint(int part, int first_row, int j) const {
    const Checkpoints kept = *job_.checkpoints[part];
    const int letters = job_.of.rectangle[part].first_row + first_row;
    Border scores = no_scores();
    if (letters > 0) {
      const int row = kept.count - (job_.of.pair[part].query_length - letters) / height;
      Border border;
      border = kept.rows[static_cast<long>(row) * kept.columns + (j - 1)];
      scores = {static_cast<Word>(kept.h(border.h)), static_cast<Word>(kept.f(border.f))};
    }
    return scores;
  }

  ANNEAL_FN void walk(int lane, ANNEAL_THREAD const PathPatch& patch) {
    ANNEAL_THREAD PathCursor& at = walkers_[lane].at;
    PathWalk<PatchTrace<Filler>>(parameters_, lane == 0 ? job_.of.pair[0] : job_.of.pair[parts - 1], rectangle(lane),
                                 PatchTrace<Filler>(patch, lane), at)
        .run(first_letter_row(lane, patch.first_row), patch.begin);
    if (at.begun || !at.goes_on(-rectangle(lane).first_row)) return;
    walkers_[lane].left_out = at.i > patch.first_row;  // never, but for a wrong checkpoint
    if (walkers_[lane].left_out) return;
    Border border;
    border = above_[most_columns - last_ + at.j];
    const Word stored = Form::part(at.gap == 0 ? border.h : border.f, lane) / Form::unit;
    walkers_[lane].score = static_cast<int>(stored - zero()) + (at.gap == 0 ? 0 : parameters_.gap_extend);
    at.begun = at.gap == 0 && walkers_[lane].score <= 0;
  }

  static constexpr ANNEAL_CONSTANT int stored_steps =
      (most_columns + lanes - 1 + Filler::together - 1) / Filler::together * Filler::together;
  static constexpr ANNEAL_CONSTANT long border_begin = static_cast<long>(stored_steps) * lanes * Strip::words;
  static constexpr ANNEAL_CONSTANT long ops_begin = border_begin + 2 * (most_columns + 1) + 2;
  static_assert(border_begin % 4 == 0 && ops_begin % 4 == 0);

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const Job& job_;
  ANNEAL_THREAD const PathParameters& parameters_;
  Filler filler_;
  ANNEAL_GLOBAL Border* above_;  // column `last_` of the checkpoint above a strip at `most_columns`
  int last_ = 0;
  long cells_ = 0;
  PerLane<Walker, lanes> walkers_;
};

}  // namespace anneal::align::recurrence
