// The recurrence of trace.h for the rows that a lane holds in registers, one column at a time.
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

template <class F, class Scores_>
class Strip {
 public:
  using Form = F;
  using Scores = Scores_;
  static constexpr int rows = Scores::rows;
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

  /// Computes the column whose scores are set. `border` is that above the strip, and becomes that below. Returns the
  /// highest of H in each part, for local forms.
  ANNEAL_FN Word step(ANNEAL_THREAD const Penalties& penalties, ANNEAL_THREAD Border& border) {
    Word insertion = border.f;
    Word aligned = scores.add(corner_, 0);
    Word highest = 0, h = 0;
    corner_ = border.h - penalties.letter_pair;
    ANNEAL_UNROLL
    for (int row = 0; row < rows; ++row) {
      // Taken before this row's diagonal is replaced, or it would have to be copied.
      const Word next = row + 1 < rows ? scores.add(diagonal_[row], row + 1 < rows ? row + 1 : 0) : 0u;
      const Word previous = h;
      h = F::max3(aligned, deletion_[row], insertion);
      const Word opened_below = h - penalties.open_insertion;
      // From a value that is kept anyway, so that h's register is free at once.
      const Word opened = opened_below + F::lower_frame(1);
      diagonal_[row] = Scores::has_own_offset ? h - penalties.letter_pair : opened_below;
      if (F::local) {
        deletion_[row] = F::max3(deletion_[row] - penalties.extend_deletion, opened, floor(row));
      } else {
        static_assert(F::local || !F::keeps_row, "here both kinds of gap are extended at the same price");
        deletion_[row] = F::add_max(deletion_[row], penalties.extend_insertion, opened);
      }
      insertion = F::add_max(insertion, penalties.extend_insertion, opened_below);
      if (F::local && row % 2 == 1) highest = F::max3(highest, previous, h);
      if (F::local && row % 2 == 0 && row == rows - 1) highest = F::max2(highest, h);
      aligned = next;
    }
    border = {h + F::lower_frame(rows), insertion + F::lower_frame(rows)};
    return highest;
  }

  /// H in the column that was computed last, stored.
  ANNEAL_FN Word h(int row, ANNEAL_THREAD const Penalties& penalties) const {
    return diagonal_[row] + penalties.letter_pair;
  }

 private:
  ANNEAL_CONSTANT_FN static Word floor(int row) { return F::each * F::value(0, row); }

  Word diagonal_[rows];  // H(i,j), less what penalties.letter_pair says
  Word deletion_[rows];  // E(i,j+1)
  Word corner_;          // the same of the row above as in diagonal_, one column behind
};

}  // namespace anneal::align::recurrence
