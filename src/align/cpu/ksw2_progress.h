// How far an extension as ksw2's has come: its best cell, the query's end, and z-drop.
#pragma once

#include <hwy/base.h>

#include <bit>
#include <cstdint>

#include "align/cpu/diagonal_job.h"
#include "align/cpu/scratch.h"
#include "align/problem.h"
#include "align/scalar/extend.h"

namespace anneal::align::cpu {

/// Takes antidiagonal after antidiagonal. Where the best cell is on its antidiagonal, only z-drop and the result ask,
/// so that antidiagonal's scores are kept until another one is better.
class Ksw2Progress {
 public:
  /// `bits`, 16 or 32, hold every score, and a vector has at most so many `lanes`. Neither side may be empty.
  Ksw2Progress(const Problem& whole, int zdrop, int bits, std::size_t lanes, ScratchBytes& memory);

  int bits() const { return bits_; }
  /// H of the antidiagonal before, by row; H is std::int16_t or std::int32_t, as bits() says.
  template <typename H>
  const H* before() const {
    return array<H>(before_);
  }
  /// Where H of the next antidiagonal goes.
  template <typename H>
  H* next() const {
    return array<H>(next_);
  }
  /// What stands for H left of the last row's cell on that antidiagonal, where the antidiagonal before does not have
  /// it: the matrix's first column, or the cell diagonally before, from which v is then measured.
  template <typename H>
  H left_of_last(std::int64_t diagonal, const DiagonalRange& range) const {
    const std::int64_t row = range.last_row;
    if (row == diagonal - 1) return static_cast<H>(whole_.boundary.gap(whole_.band.contains(row, 0) ? row : row - 1));
    return array<H>(two_before_)[row - 1];
  }

  /// Takes that antidiagonal, of which `highest` is the best score. Returns whether the extension goes on.
  template <typename H>
  HWY_INLINE bool take(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest) {
    return take_usual<H>(diagonal, range, highest) || take_unusual(diagonal, range, highest);
  }
  /// The same in two parts: the second is due where the first returns false.
  template <typename H>
  HWY_INLINE bool take_usual(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest) {
    if (range.count() == 0) return false;
    cells_ += static_cast<std::uint64_t>(range.count());
    if (range.last_row == whole_.rows()) offer_query_end(diagonal, next<H>()[range.last_row]);
    if (zdrop_ != 0 && std::int64_t{result_.score} - highest > zdrop_) return false;
    // Which antidiagonals are better cannot be foretold: so there is no branch.
    const bool is_better = highest > result_.score;
    result_.score = is_better ? highest : result_.score;
    best_array_ = is_better ? next_ : best_array_;
    best_diagonal_ = is_better ? diagonal : best_diagonal_;
    rotate();
    return true;
  }
  bool take_unusual(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest);

  scalar::ExtensionResult result();
  std::uint64_t cells() const { return cells_; }

 private:
  struct Place {
    std::int64_t i = 0;
    std::int64_t j = 0;
  };

  template <typename H>
  H* array(int index) const {
    return reinterpret_cast<H*>(memory_ + static_cast<std::size_t>(index) * array_bytes_);
  }
  HWY_INLINE void rotate() {
    two_before_ = before_;
    before_ = next_;
    next_ = std::countr_zero(~(1U << two_before_ | 1U << before_ | 1U << best_array_));
  }
  HWY_INLINE void offer_query_end(std::int64_t diagonal, std::int32_t score) {
    if (score <= result_.extension.global_score) return;
    result_.extension.global_score = score;
    result_.extension.global_target_end = static_cast<std::int32_t>(diagonal - whole_.rows());
  }
  bool take_empty(std::int64_t diagonal);
  bool drops(std::int64_t diagonal, std::int32_t highest);
  Place place_of(int index, std::int64_t diagonal, std::int32_t score) const;
  void settle_best();

  static constexpr int arrays = 4, none = arrays;

  const Problem& whole_;
  int zdrop_;
  int drop_extend_;
  int bits_;
  std::size_t array_bytes_;
  std::uint8_t* memory_;
  int two_before_ = 0, before_ = 1, next_ = 2;
  int best_array_ = none;  // where the best antidiagonal is, unless its place is known
  std::int64_t best_diagonal_ = 0;
  Place best_;
  std::uint64_t cells_ = 0;
  scalar::ExtensionResult result_;
};

}  // namespace anneal::align::cpu
