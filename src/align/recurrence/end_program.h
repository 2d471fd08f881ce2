// What a group of lanes does to find the score and the end cell of the alignments in a Word.
//
// Lane k holds rows k * rows .. (k + 1) * rows - 1 of the query and is a step, of one column or a few, behind lane
// k - 1, from which it gets H and F of the row above. A query that is longer than all lanes together is cut into
// strips, done one after the other; H and F of a strip's last row wait in memory. Rows without letters lie above the
// first one, so that the last letter is always the last row of the last lane: they hold the values of row 0, as their
// letters' scores make them.
#pragma once

#include "align/recurrence/checkpoints.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/end_cell.h"
#include "align/recurrence/end_job.h"
#include "align/recurrence/evident_row.h"
#include "align/recurrence/letter_stream.h"
#include "align/recurrence/strip.h"

namespace anneal::align::recurrence {

/// `lanes_`: 1 to 32, a power of two. `one_strip_`: queries have at most as many letters as lanes have rows.
/// `unrolled_`: times that the loop over columns has a step in its body, at most. `checkpoint_lanes_`: if not 0, every
/// so many lanes a row is kept as a checkpoint. `stride_`: places from one of a group's borders to the next: as many as
/// groups lie side by side, so that these read memory together.
template <class Strip_, int lanes_, bool one_strip_, int unrolled_ = 4, int checkpoint_lanes_ = 0, int stride_ = 1>
class EndProgram {
 public:
  using Strip = Strip_;
  using Form = typename Strip::Form;
  using Scores = typename Strip::Scores;
  using Job = GroupJob<Form::parts>;
  static constexpr ANNEAL_CONSTANT int parts = Form::parts;
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT int height = lanes * Strip::rows;
  /// Columns that a lane does at once; so many it is behind the last.
  static constexpr ANNEAL_CONSTANT int abreast = Strip::columns;
  static_assert(abreast == 1 || (Form::local && 4 % abreast == 0), "columns that do not exist must leave no trace");
  static constexpr ANNEAL_CONSTANT bool one_strip = one_strip_;
  static constexpr ANNEAL_CONSTANT bool keeps_checkpoints = checkpoint_lanes_ > 0;
  static constexpr ANNEAL_CONSTANT int checkpoint_height = checkpoint_lanes_ * Strip::rows;
  static_assert(stride_ == 1 || (abreast == 1 && !keeps_checkpoints), "borders of several columns lie together");
  static_assert(!keeps_checkpoints || (Form::local && !Form::has_dust && lanes % checkpoint_lanes_ == 0));

  /// All groups of a warp must come here together. `table` is of the kind that Scores takes.
  ANNEAL_FN EndProgram(ANNEAL_THREAD const Job& job, ANNEAL_THREAD const EndParameters& parameters,
                       ANNEAL_SHARED const Word* table ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE job_(job), parameters_(parameters), table_(table) {
    columns_ = longest(job.target_length);
    strips_ = columns_ == 0 ? 0 : (longest(job.query_length) + height - 1) / height;
    if (one_strip && strips_ > 1) strips_ = 0;
  }

  /// The best end cells, or EndCell::overflowed as score. Of a local score 0 both ends are -1. Forms with dust may
  /// leave a query_end undecided.
  ANNEAL_FN void run(ANNEAL_THREAD EndCell (&ends)[parts]) {
    ANNEAL_EACH_LANE(lane, lanes) {
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) ends_[part][lane] = {Form::local ? 0 : -0x7fffffff, -1, -1};
    }
    lead_ = 0;
    const int all_strips = one_strip ? 1 : warp_max(strips_);
    const int steps = warp_max(columns_) + (lanes - 1) * abreast;
    for (int strip = 0; strip < all_strips; ++strip) {
      compute_strip<false>(strip, steps);
      ANNEAL_EACH_LANE(lane, lanes) { end_strip(strip, lane); }
      if (!one_strip) order_lanes();
    }
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      find_best(ends_[part] ANNEAL_LANE);
      ends[part] = ends_[part][0];
    }
    if constexpr (Form::local) mark_overflows(ends);
    if constexpr (Form::local && !Form::keeps_row) find_rows(ends);
  }

  /// Then, of a part whose score has not overflowed.
  ANNEAL_FN Checkpoints checkpoints(int part) const {
    return Checkpoints::of<Form>(job_.borders, border_columns(), strips_ * rows_per_strip - 1, checkpoint_height, part);
  }

 private:
  ANNEAL_FN static int longest(ANNEAL_THREAD const int (&lengths)[parts]) {
    return parts == 1 || lengths[0] > lengths[parts - 1] ? lengths[0] : lengths[parts - 1];
  }
  /// The letter of a strip's first row, from 0; negative in the rows above the first letter.
  ANNEAL_FN int first_letter(int strip, int lane, int part) const {
    return (strip - strips_) * height + lane * Strip::rows + job_.query_length[part];
  }
  /// H(letters,0) or H(0,letters), stored. Rows above the first letter count as row 0.
  ANNEAL_FN Word edge(bool is_free, int letters, int row) const {
    const int gap = is_free || letters <= 0 ? 0 : parameters_.gap_open + letters * parameters_.gap_extend;
    return Form::value(Form::local ? 0 : -gap, row);
  }

  ANNEAL_FN void mark_overflows(ANNEAL_THREAD EndCell (&ends)[parts]) const {
    bool is_exact = true;
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      // What overflows carries into the part above.
      is_exact = is_exact && ends[part].score <= parameters_.highest_exact;
      if (!is_exact) ends[part] = {EndCell::overflowed, -1, -1};
    }
  }

  /// `searches`: not for scores, but for the row of the wanted cell.
  template <bool searches>
  ANNEAL_FN void compute_strip(int strip, int steps) {
    if constexpr (!one_strip) above_ = border_row(strip - 1);
    ANNEAL_EACH_LANE(lane, lanes) { begin_strip<searches>(strip, lane); }
    ANNEAL_UNROLL_BY(1)
    for (int step = 0; step < steps; step += 4) four_steps<searches>(strip, step);
  }

  template <bool searches>
  ANNEAL_FN void begin_strip(int strip, int lane) {
    loaded_columns_[lane] = lane == 0 && strip > 0 && strip < strips_ ? columns_ : 0;
    if constexpr (stores_borders) {
      const bool is_last = lane == lanes - 1 && strip + 1 >= strips_;
      stored_columns_[lane] = !searches && is_bottom(lane) && strip < strips_ && !is_last ? columns_ : 0;
      below_[lane] =
          border_row(strip) - static_cast<long>((lanes - 1 - lane) / lanes_per_border) * border_columns() * stride_;
    }
    ANNEAL_UNROLL
    for (int row = -1; row < Strip::rows; ++row) {
      Word codes[parts], h[parts];
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) {
        const int letter = first_letter(strip, lane, part) + row;
        h[part] = edge(parameters_.query_begin_free, letter + 1, row);
        codes[part] = row >= 0 && letter >= 0 && strip < strips_ ? job_.query[part][letter] : Scores::query_padding;
      }
      strips_of_[lane].set_first_column(row, Form::join(h[0], h[parts - 1]), parameters_.penalties);
      if (row >= 0) strips_of_[lane].scores.set_row(row, codes);
    }
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      targets_[part][lane].begin(reinterpret_cast<ANNEAL_GLOBAL const Word*>(job_.target[part]),
                                 job_.target_length[part], lane * abreast + lead_, Scores::target_padding);
    }
    ANNEAL_UNROLL
    for (int k = 0; k < abreast; ++k) {
      h_[k][lane] = Form::each * Form::value(0, -1);  // of columns that do not exist, for the lane below
      f_[k][lane] = h_[k][lane] - parameters_.penalties.open_insertion;
      upcoming_[k][lane] = {h_[k][lane], f_[k][lane]};
      if (!one_strip) load_upcoming(lane, k, k - lead_);
    }
    best_[lane].begin();
    noted_row_[lane] = -1;
  }
  ANNEAL_FN void load_upcoming(int lane, int k, int column) {
    if (static_cast<Word>(column) < loaded_columns_[lane]) upcoming_[k][lane] = above_[column * stride_];
  }

  template <bool searches>
  ANNEAL_FN void four_steps(int strip, int step) {
    PerLane<Word, lanes> letters[parts];
    ANNEAL_EACH_LANE(lane, lanes) {
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) letters[part][lane] = targets_[part][lane].advance();
    }
    ANNEAL_UNROLL_BY(searches ? 1 : unrolled)
    for (int k = 0; k < 4; k += abreast) {
      shift_borders(strip, step + k);
      ANNEAL_EACH_LANE(lane, lanes) {
        const int column = step + k - lane * abreast - lead_;
        // Columns that do not exist leave a local strip as it was, and are not worth a branch.
        if (Form::local || (exists(column) && strip < strips_)) {
          set_columns(lane, k, letters);
          compute<searches>(strip, lane, column);
        }
      }
    }
  }

  /// What lies above each lane's strip, from the lane that was there a step ago.
  ANNEAL_FN void shift_borders(int strip, int step) {
    ANNEAL_UNROLL
    for (int k = 0; k < abreast; ++k) {
      PerLane<Word, lanes> first_h, first_f;
      ANNEAL_EACH_LANE(lane, lanes) {
        const Border first = border_above(strip, lane, k, step + k - lane * abreast - lead_);
        first_h[lane] = first.h;
        first_f[lane] = first.f;
      }
      shift_up(h_[k], first_h ANNEAL_LANE);
      shift_up(f_[k], first_f ANNEAL_LANE);
    }
  }

  ANNEAL_FN void set_columns(int lane, int first, ANNEAL_THREAD PerLane<Word, lanes> (&letters)[parts]) {
    ANNEAL_UNROLL
    for (int k = 0; k < abreast; ++k) {
      Word codes[parts];
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) codes[part] = letters[part][lane] >> (8 * (first + k)) & 255u;
      strips_of_[lane].scores.set_column(table_, warp_lane(lane ANNEAL_LANE), codes, k);
    }
  }

  /// `column`: the first of those that are done at once.
  template <bool searches>
  ANNEAL_FN void compute(int strip, int lane, int column) {
    Border borders[abreast];
    Word highest[abreast] = {};
    ANNEAL_UNROLL
    for (int k = 0; k < abreast; ++k) borders[k] = {h_[k][lane], f_[k][lane]};
    strips_of_[lane].step(parameters_.penalties, borders, highest);
    ANNEAL_UNROLL
    for (int k = 0; k < abreast; ++k) {
      h_[k][lane] = borders[k].h;
      f_[k][lane] = borders[k].f;
      if (Form::local && !searches) best_[lane].offer(highest[k], column + k);
    }
    if constexpr (stores_borders) store(lane, column, borders);
    if (searches && column + abreast - 1 == wanted_column_) note_row(lane);
    if (!Form::local) offer_ends(strip, lane, column);
  }

  ANNEAL_FN bool exists(int column) const { return static_cast<Word>(column) < static_cast<Word>(columns_); }
  /// Whether the row below this lane's is stored.
  ANNEAL_FN static bool is_bottom(int lane) { return lane % lanes_per_border == lanes_per_border - 1; }
  ANNEAL_FN int border_columns() const { return (columns_ + 3) / 4 * 4; }
  /// The row below a strip.
  ANNEAL_FN ANNEAL_GLOBAL Border* border_row(int strip) const {
    const int row = keeps_borders ? (strip + 1) * rows_per_strip - 1 : strip % 2;
    return job_.borders + static_cast<long>(row) * border_columns() * stride_;
  }
  /// Of the columns that are done at once. A row may have a few more than there are.
  struct alignas(abreast == 1 ? 8 : 16) Borders {
    Border of[abreast];
  };
  ANNEAL_FN void store(int lane, int column, ANNEAL_THREAD const Border (&borders)[abreast]) {
    if (static_cast<Word>(column) >= stored_columns_[lane]) return;
    Borders stored;
    ANNEAL_UNROLL
    for (int k = 0; k < abreast; ++k) stored.of[k] = borders[k];
    *reinterpret_cast<ANNEAL_GLOBAL Borders*>(below_[lane] + column * stride_) = stored;
  }
  /// What lies above lane 0. Other lanes' is not looked at.
  ANNEAL_FN Border border_above(int strip, int lane, int k, int column) {
    if (!one_strip && (Form::local || strip > 0)) {
      const Border border = upcoming_[k][lane];
      load_upcoming(lane, k, column + abreast);  // arrives during this column
      return border;
    }
    const Word h = Form::each * edge(parameters_.target_begin_free, column + 1, -1);
    return {h, h - parameters_.penalties.open_insertion};
  }

  /// The cells of the last row and column where a form that is not local may end.
  ANNEAL_FN void offer_ends(int strip, int lane, int column) {
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      const int target_end = column + 1;
      const bool is_last = target_end == job_.target_length[part];
      if (lane == lanes - 1 && strip + 1 == strips_ && target_end <= job_.target_length[part] &&
          (is_last || parameters_.target_end_free)) {
        ends_[part][lane].offer({Form::score_of(Form::part(h_[0][lane], part)), job_.query_length[part], target_end});
      }
      if (is_last && parameters_.query_end_free) offer_column(strip, lane, part);
    }
  }
  ANNEAL_FN void offer_column(int strip, int lane, int part) {
    const int first = first_letter(strip, lane, part);
    Word best = 0;
    int best_row = -1;
    ANNEAL_UNROLL
    for (int row = 0; row < Strip::rows; ++row) {
      const Word h = Form::part(strips_of_[lane].h(row, parameters_.penalties), part);
      const bool is_better = h > best && first + row >= 0;
      best = is_better ? h : best;
      best_row = is_better ? row : best_row;
    }
    if (best_row < 0) return;
    ends_[part][lane].offer({Form::score_of(best), first + best_row + 1, job_.target_length[part]});
  }

  ANNEAL_FN void end_strip(int strip, int lane) {
    if constexpr (Form::local) {
      if (strip >= strips_) return;
      ANNEAL_UNROLL
      for (int part = 0; part < parts; ++part) {
        ends_[part][lane].offer(best_[lane].cell(part, first_letter(strip, lane, part)));
      }
    }
  }

  /// Scores without a row say in which lane's strip and column the best cells lie.
  ANNEAL_FN void find_rows(ANNEAL_THREAD EndCell (&ends)[parts]) {
    bool is_open[parts];
    ANNEAL_UNROLL
    for (int part = 0; part < parts; ++part) {
      is_open[part] = ends[part].score > 0;
      if constexpr (Scores::is_by_letter) is_open[part] = !find_evident_row(ends[part], part) && is_open[part];
      if (Form::has_dust && is_open[part]) ends[part].query_end = EndCell::undecided;
    }
    if constexpr (!Form::has_dust) {
      ANNEAL_UNROLL_BY(1)
      for (int part = 0; part < parts; ++part) {
        const bool is_last = part == parts - 1;
        if (warp_max(is_last ? is_open[parts - 1] : is_open[0]) != 0) search_row(ends, is_open, part);
      }
    }
  }

  /// Whether the letters tell it. All groups of a warp come here, also for a score that has no row.
  ANNEAL_FN bool find_evident_row(ANNEAL_THREAD EndCell& end, int part) {
    constexpr int share = (Strip::rows + lanes - 1) / lanes;
    const int first = end.query_end - 1;
    PerLane<int, lanes> found;
    ANNEAL_EACH_LANE(lane, lanes) {
      const int rest = Strip::rows - lane * share;
      found[lane] = EvidentRow::none;
      if (end.score > 0 && rest > 0) {
        const EvidentRow row(job_.query[part], job_.query_length[part], job_.target[part], job_.target_length[part],
                             table_, parameters_.gap_open + parameters_.gap_extend, end);
        found[lane] = row.find(first + lane * share, rest < share ? rest : share);
      }
    }
    for (int distance = lanes / 2; distance > 0; distance /= 2) {
      PerLane<int, lanes> other = exchange(found, distance);
      ANNEAL_EACH_LANE(lane, lanes) { found[lane] = EvidentRow::either(found[lane], other[lane]); }
    }
    const bool is_evident = found[0] != EvidentRow::none && found[0] != EvidentRow::several;
    if (is_evident) end.query_end = found[0] + 1;
    return is_evident;
  }

  /// Computes the strip of a part's best cell once more, up to there.
  ANNEAL_FN void search_row(ANNEAL_THREAD EndCell (&ends)[parts], ANNEAL_THREAD const bool (&is_open)[parts],
                            int part) {
    const bool is_first = parts == 1 || part == 0;
    const EndCell end = is_first ? ends[0] : ends[parts - 1];
    const bool exists = is_first ? is_open[0] : is_open[parts - 1];
    const int length = is_first ? job_.query_length[0] : job_.query_length[parts - 1];
    const int row = end.query_end - 1 - (length - strips_ * height);
    const int strip = exists ? row / height : strips_;
    wanted_lane_ = row % height / Strip::rows;
    wanted_column_ = exists ? end.target_end - 1 : none - 1;
    wanted_part_ = part;
    wanted_value_ = Form::value(end.score, 0);
    lead_ = abreast - 1 - wanted_column_ % abreast;  // a strip holds H of the last column that it computed
    compute_strip<true>(strip, warp_max(exists ? end.target_end + wanted_lane_ * abreast + lead_ : 0));
    for (int distance = lanes / 2; distance > 0; distance /= 2) {
      PerLane<int, lanes> other = exchange(noted_row_, distance);
      ANNEAL_EACH_LANE(lane, lanes) {
        if (other[lane] > noted_row_[lane]) noted_row_[lane] = other[lane];
      }
    }
    if (exists) (is_first ? ends[0] : ends[parts - 1]).query_end = end.query_end + noted_row_[0];
  }
  ANNEAL_FN void note_row(int lane) {
    if (lane != wanted_lane_) return;
    ANNEAL_UNROLL
    for (int row = Strip::rows - 1; row >= 0; --row) {
      const Word h = strips_of_[lane].h(row, parameters_.penalties);
      if ((wanted_part_ == 0 ? Form::part(h, 0) : Form::part(h, 1)) == wanted_value_) noted_row_[lane] = row;
    }
  }

  // As much code as what else happens in a column allows.
  static constexpr ANNEAL_CONSTANT int unrolled = Form::local ? unrolled_ : 1;
  static constexpr ANNEAL_CONSTANT bool stores_borders = !one_strip || keeps_checkpoints;
  static constexpr ANNEAL_CONSTANT bool keeps_borders =
      keeps_checkpoints || (Form::local && !Form::keeps_row && !Form::has_dust);
  static constexpr ANNEAL_CONSTANT int lanes_per_border = keeps_checkpoints ? checkpoint_lanes_ : lanes;
  static constexpr ANNEAL_CONSTANT int rows_per_strip = lanes / lanes_per_border;
  static constexpr ANNEAL_CONSTANT int none = -0x7fffffff;

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const Job& job_;
  ANNEAL_THREAD const EndParameters& parameters_;
  ANNEAL_SHARED const Word* table_;
  int columns_;
  int strips_;
  int lead_;                                  // columns before the first one
  PerLane<Border, lanes> upcoming_[abreast];  // of the strip above, for lane 0
  ANNEAL_GLOBAL const Border* above_;
  PerLane<ANNEAL_GLOBAL Border*, lanes> below_;
  PerLane<Word, lanes> loaded_columns_;  // of above_, and stored to below_: all or none
  PerLane<Word, lanes> stored_columns_;
  PerLane<Strip, lanes> strips_of_;
  PerLane<LetterStream, lanes> targets_[parts];
  PerLane<Word, lanes> h_[abreast];
  PerLane<Word, lanes> f_[abreast];
  PerLane<StripBest<Form>, lanes> best_;
  PerLane<EndCell, lanes> ends_[parts];
  // The cell whose row search_row() looks for.
  int wanted_column_;
  int wanted_lane_;
  int wanted_part_;
  Word wanted_value_;
  PerLane<int, lanes> noted_row_;
};

}  // namespace anneal::align::recurrence
