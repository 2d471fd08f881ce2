// Walks the trace matrix from an end cell to where the alignment begins.
#pragma once

#include <cstdint>
#include <vector>

#include "align/cigar_builder.h"
#include "align/problem.h"
#include "align/recurrence/trace.h"

namespace anneal::align {

/// A walk that can pause at any cell, so that the trace may be recomputed piece by piece.
class Traceback {
 public:
  /// Starts at cell (i, j), whose H is `score`; the CIGAR is appended to `cigar` in reading order by finish().
  Traceback(const Problem& problem, std::int64_t i, std::int64_t j, std::int64_t score, std::vector<CigarOp>& cigar)
      : problem_(problem), i_(i), j_(j), remaining_(score), cigar_(cigar) {
    settle();
  }

  std::int64_t i() const { return i_; }  ///< rows left: query_begin once done
  std::int64_t j() const { return j_; }  ///< columns left: target_begin once done
  bool done() const { return done_; }

  /// What the letters before the cell still have to add up to: its H, between gaps. Nothing once done, so that a walk
  /// of a mode other than local that started with a score of 0 ends with the true one, negated.
  std::int64_t remaining() const { return remaining_; }
  /// Between gaps.
  bool is_aligned() const { return state_ == State::aligned; }

  /// Takes diagonal steps over `length` columns of one kind, each worth `score`.
  void take_diagonal(CigarOp::Code code, std::int64_t length, int score) {
    cigar_.prepend(code, length);
    remaining_ -= length * score;
    i_ -= length;
    j_ -= length;
    settle();
  }

  /// Takes diagonal steps over these columns, last one first.
  void take_columns(const EqualColumns& columns, int score_of_equal, int score_of_different) {
    const std::int64_t equal = cigar_.prepend_columns(columns), length = columns.last - columns.first;
    remaining_ -= equal * score_of_equal + (length - equal) * score_of_different;
    i_ -= length;
    j_ -= length;
    settle();
  }

  /// Takes one step, given the trace bits of cell (i(), j()).
  void step(std::uint8_t bits) {
    if (state_ != State::aligned && (bits & opening_bit()) != 0) close_gap();
    if (done_) return;
    if (state_ == State::aligned) {
      if (bits & trace_diagonal) return take_diagonal();
      state_ = bits & trace_deletion ? State::deleting : State::inserting;
      is_second_gap_ = (bits & trace_second_gap) != 0;
      remaining_ += gap().open;
    }
    take_gap_letter();
  }

  void finish() { cigar_.finish(); }

 private:
  enum class State { aligned, deleting, inserting };

  void take_diagonal() {
    const auto q = problem_.query[static_cast<std::size_t>(i_ - 1)];
    const auto t = problem_.target[static_cast<std::size_t>(j_ - 1)];
    take_diagonal(problem_.matrix->is_match(q, t) ? CigarOp::equal : CigarOp::mismatch, 1,
                  problem_.matrix->score(q, t));
  }

  // Of the gap that the walk is in.
  std::uint8_t opening_bit() const {
    if (state_ == State::deleting) return is_second_gap_ ? trace_opens_second_deletion : trace_opens_deletion;
    return is_second_gap_ ? trace_opens_second_insertion : trace_opens_insertion;
  }
  GapCost gap() const {
    const Boundary& boundary = problem_.boundary;
    const GapCost first{boundary.gap_open, boundary.gap_extend};
    return is_second_gap_ ? boundary.second_gap.value_or(first) : first;
  }

  void take_gap_letter() {
    const bool deleting = state_ == State::deleting;
    cigar_.prepend(deleting ? CigarOp::deletion : CigarOp::insertion, 1);
    remaining_ += gap().extend;
    (deleting ? j_ : i_) -= 1;
    // Row and column 0 hold no trace; a gap that arrives there crosswise was opened there.
    if (i_ == 0 || j_ == 0) close_gap();
  }

  void close_gap() {
    state_ = State::aligned;
    settle();
  }

  // In state `aligned`: ends the walk where the alignment begins.
  void settle() {
    if (problem_.boundary.local) {
      done_ = remaining_ == 0;
    } else if (i_ == 0 || j_ == 0) {
      reach_boundary();
    }
  }

  void reach_boundary() {
    if (!problem_.boundary.target_begin_free && i_ == 0) take_boundary(CigarOp::deletion, j_);
    if (!problem_.boundary.query_begin_free && j_ == 0) take_boundary(CigarOp::insertion, i_);
    done_ = true;
  }

  void take_boundary(CigarOp::Code code, std::int64_t& letters) {
    cigar_.prepend(code, letters);
    remaining_ -= problem_.boundary.gap(letters);
    letters = 0;
  }

  const Problem& problem_;
  std::int64_t i_;
  std::int64_t j_;
  std::int64_t remaining_;
  CigarBuilder cigar_;
  State state_ = State::aligned;
  bool is_second_gap_ = false;  // while in a gap
  bool done_ = false;
};

}  // namespace anneal::align
