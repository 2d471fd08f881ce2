// The rows that a lane holds in registers, and the recurrence.
#pragma once

#include "search/cuda/profiles.h"

namespace anneal::search::cuda {

/// H is held less the cost of a gap of one, which is what E and F begin with. Scores of letter pairs are raised by as
/// much. E never falls below a score of 0, and so H does not.
///
/// `short_chain`: fewer operations wait for the row above, at the cost of one more: for warps that have a processor for
/// themselves. F as it is opened from an H that is F is no more than F extended.
template <class Profile, bool short_chain>
class StripRows {
 public:
  using Form = typename Profile::Form;
  static constexpr int rows = Profile::rows;
  static constexpr Word zero = Form::each * Form::value(0, 0);

  ANNEAL_FN static Edge edge(const align::recurrence::Penalties& penalties) {
    return {zero - penalties.open_deletion, zero - penalties.open_deletion};
  }

  ANNEAL_FN void begin(const align::recurrence::Penalties& penalties) {
    ANNEAL_UNROLL
    for (int row = 0; row < rows; ++row) {
      h_[row] = zero - penalties.open_deletion;
      e_[row] = zero;
    }
    corner_ = zero - penalties.open_deletion;
    best_ = zero;
  }

  /// A column. `edge`: above it, then below it.
  ANNEAL_FN void step(const align::recurrence::Penalties& penalties, Profile scores, Edge& edge) {
    const Word above = edge.h;
    Word f = edge.f;
    Word before = zero;
    Word four[4];
    scores.load(0, four);
    Word diagonal = corner_ + four[0];
    ANNEAL_UNROLL
    for (int row = 0; row < rows; ++row) {
      Word next = 0;
      if (row + 1 < rows) {
        if ((row + 1) % 4 == 0) scores.load((row + 1) / 4, four);
        next = (sheds(row) ? Form::without_dust(h_[row]) : h_[row]) + four[(row + 1) % 4];
      }
      const Word without_f = Form::max2(diagonal, e_[row]);
      const Word h = short_chain ? Form::max2(without_f, f) : Form::max3(diagonal, e_[row], f);
      const Word opened = h - penalties.open_deletion;
      e_[row] = Form::max3(e_[row] - penalties.extend_deletion, opened, zero);
      f = Form::add_max(f, penalties.extend_insertion, short_chain ? without_f - penalties.open_deletion : opened);
      if (sheds(row)) f = Form::without_dust(f);
      h_[row] = opened;
      if (row % 2 == 1) best_ = Form::max3(best_, before, h);
      before = h;
      diagonal = next;
    }
    corner_ = above;
    edge = {Form::without_dust(h_[rows - 1]), f};
  }

  ANNEAL_FN Word best() const { return best_; }

 private:
  /// Whether paths from this row to the next one leave their dust.
  ANNEAL_CONSTANT_FN static bool sheds(int row) {
    return Form::has_dust && (row % dusty_rows == dusty_rows - 1 || row == rows - 1);
  }

  Word h_[rows];
  Word e_[rows];
  Word corner_;
  Word best_;
};

}  // namespace anneal::search::cuda
