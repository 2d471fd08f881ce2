// The recurrence of trace.h for the rows that a lane holds in registers, one column or a few at a time.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/form.h"

namespace anneal::align::recurrence {

/// H and F of the row above a strip, or of its last row, in one column. H is in the frame of the strip below it, as its
/// row -1; F is F(i+1,j) of its first row.
struct Border {
  Word h;
  Word f;
};

/// `columns_` advance together, each a row behind the one before it, so that instructions need not wait for each other.
template <class F, class Scores_, int columns_ = 1>
class Strip {
 public:
  using Form = F;
  using Scores = Scores_;
  static constexpr ANNEAL_CONSTANT int columns = columns_;
  static constexpr ANNEAL_CONSTANT int rows = Scores::rows;
  static_assert(!F::keeps_row || rows <= static_cast<int>(F::unit), "every row needs a number of its own");

  Scores scores;

  /// Column 0 of a row, -1 for the one above: H(i,0), stored.
  ANNEAL_FN void set_first_column(int row, Word h, ANNEAL_THREAD const Penalties& penalties) {
    if (row < 0) {
      corner_ = h - penalties.letter_pair;
    } else {
      diagonal_[row] = h - penalties.letter_pair;
      deletion_[row] = F::local ? floor(row) : h - penalties.open_deletion;
    }
  }

  /// Computes the columns whose scores are set. `borders` are those above the strip, and become those below. `highest`:
  /// of H in each part, for local forms.
  ANNEAL_FN void step(ANNEAL_THREAD const Penalties& penalties, ANNEAL_THREAD Border (&borders)[columns],
                      ANNEAL_THREAD Word (&highest)[columns]) {
    Word passed[columns][rows + 1];  // what diagonal_ holds between columns, from the row above on
    Word h[columns] = {};
    ANNEAL_UNROLL
    for (int k = 0; k < columns; ++k) passed[k][0] = borders[k].h - penalties.letter_pair;
    Word next = scores.add(corner_, 0, 0);
    corner_ = passed[columns - 1][0];
    ANNEAL_UNROLL
    for (int turn = 0; turn < rows + columns - 1; ++turn) {
      ANNEAL_UNROLL
      for (int k = 0; k < columns; ++k) {
        const int row = turn - k;
        if (row < 0 || row >= rows) continue;
        const Word aligned = k == 0 ? next : scores.add(passed[k > 0 ? k - 1 : 0][row], row, k);
        // Taken before this row's diagonal is replaced, or it would have to be copied.
        if (k == 0 && row + 1 < rows) next = scores.add(diagonal_[row], row + 1 < rows ? row + 1 : 0, 0);
        const Word previous = h[k];
        h[k] = cell(penalties, row, aligned, borders[k].f, passed[k][row + 1]);
        if (k + 1 == columns) diagonal_[row] = passed[k][row + 1];
        if (!F::local) continue;
        if (row == 0) {
          highest[k] = h[k];
        } else if (row % 2 == 0) {
          highest[k] = F::max3(highest[k], previous, h[k]);
        } else if (row == rows - 1) {
          highest[k] = F::max2(highest[k], h[k]);
        }
      }
    }
    ANNEAL_UNROLL
    for (int k = 0; k < columns; ++k) {
      borders[k] = {F::without_dust(h[k]) + F::lower_frame(rows), F::without_dust(borders[k].f) + F::lower_frame(rows)};
    }
  }

  /// H in the column that was computed last, stored.
  ANNEAL_FN Word h(int row, ANNEAL_THREAD const Penalties& penalties) const {
    return diagonal_[row] + penalties.letter_pair;
  }

 private:
  /// Returns H. `insertion` becomes that of the row below.
  ANNEAL_FN Word cell(ANNEAL_THREAD const Penalties& penalties, int row, Word aligned, ANNEAL_THREAD Word& insertion,
                      ANNEAL_THREAD Word& passed) {
    if (Scores::sheds_dust(row)) insertion = F::without_dust(insertion);
    const Word h = F::max3(aligned, deletion_[row], insertion);
    const Word opened_below = h - penalties.open_insertion;
    // From a value that is kept anyway, so that h's register is free at once.
    const Word opened = opened_below + F::lower_frame(1);
    passed = Scores::has_own_offset ? h - penalties.letter_pair : opened_below;
    if (F::local) {
      deletion_[row] = F::max3(deletion_[row] - penalties.extend_deletion, opened, floor(row));
    } else {
      static_assert(F::local || !F::keeps_row, "here both kinds of gap are extended at the same price");
      deletion_[row] = F::add_max(deletion_[row], penalties.extend_insertion, opened);
    }
    insertion = F::add_max(insertion, penalties.extend_insertion, opened_below);
    return h;
  }
  ANNEAL_CONSTANT_FN static Word floor(int row) { return F::each * F::value(0, row); }

  Word diagonal_[rows];  // H(i,j), less what penalties.letter_pair says
  Word deletion_[rows];  // E(i,j+1)
  Word corner_;          // the same of the row above as in diagonal_, one column behind
};

}  // namespace anneal::align::recurrence
