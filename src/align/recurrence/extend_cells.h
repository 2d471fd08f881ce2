// The cells of one lane in one row of an extension, with what they need of the row before.
//
// A cell is a slot: of `width` diagonals, the k-th, so that H of the cell diagonally before was in the same slot, and E
// moves one slot down with each row. A value is score * unit + slot, so that the highest of a row says where it is, and
// equal scores are told apart as the contract wants it. Values below `unit` are of scores that count as 0: any will do.
#pragma once

#include "align/recurrence/extend_progress.h"

namespace anneal::align::recurrence {

template <int width>
struct ExtendValue {
  static_assert((width & (width - 1)) == 0, "a power of two, or the slot is not what the lowest bits say");
  static constexpr ANNEAL_CONSTANT int unit = width;
  static constexpr ANNEAL_CONSTANT int limit = 1 << 30;  ///< more than any value, and than what gaps cost together
  static constexpr ANNEAL_CONSTANT int none = -limit;    ///< added to a value, leaves a score of 0
  static constexpr ANNEAL_CONSTANT int highest_score = limit / unit - 256;  ///< that a pair may reach

  ANNEAL_CONSTANT_FN static int of(int score, int slot) { return score * unit + slot; }
  ANNEAL_CONSTANT_FN static int score(int value) {
    return value < unit ? 0 : static_cast<int>(static_cast<Word>(value) / unit);
  }
  ANNEAL_CONSTANT_FN static int slot(int value) { return value & (unit - 1); }
};

constexpr int power_of_two_from(int count) {
  int power = 1;
  while (power < count) power *= 2;
  return power;
}

/// `cells`: of each of `lanes` lanes.
template <class Scores_, int lanes, int cells_>
class ExtendCells {
 public:
  using Scores = Scores_;
  static constexpr ANNEAL_CONSTANT int cells = cells_;
  static_assert(cells <= most_extend_cells);
  using Value = ExtendValue<power_of_two_from(lanes* cells)>;

  Scores scores;

  /// `first`: the slot of cell 0. `seed_slot`: that of the seed's diagonal.
  ANNEAL_FN void begin(int first, int seed_slot, int h0, ANNEAL_THREAD const SeedGaps& seed) {
    first_ = first;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      const int gap = first + k - seed_slot;
      h_[k] = Value::of(gap < 0 ? 0 : gap == 0 ? h0 : seed.after(gap), first + k);
      e_[k] = 0;
    }
  }
  ANNEAL_FN int first() const { return first_; }

  /// From slot `end` on, no cell exists: no gap along the row gets there.
  ANNEAL_FN void set_end(int end, ANNEAL_THREAD const ExtendParameters& parameters) {
    const int last = end - 1 - first_;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) along_[k] = k == last ? Value::none : parameters.along;
  }

  /// Computes M. Returns F of the next lane's cell 0, as far as gaps of this lane lead there.
  ANNEAL_FN int align(ANNEAL_THREAD const ExtendParameters& parameters) {
    int passed = Value::none;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (h_[k] >= Value::unit) h_[k] += scores.score(k) * Value::unit;
      passed = add_max_word(h_[k], parameters.fold[k], passed);
    }
    return passed;
  }
  /// Given F of cell 0, computes H and the next row's E. `leaving`: E of the lane before. Returns the highest H.
  ANNEAL_FN int finish(ANNEAL_THREAD const ExtendParameters& parameters, int f, ANNEAL_THREAD int& leaving) {
    int highest = 0;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      const int opened = h_[k] - parameters.open;
      h_[k] = max3_word(h_[k], e_[k], f);
      const int e = max_word(e_[k], opened) + parameters.up;
      if (k == 0) {
        leaving = e;
      } else {
        e_[k - 1] = e;
      }
      f = max_word(f, opened) + along_[k];
      if (k % 2 == 1) {
        highest = max3_word(highest, h_[k - 1], h_[k]);
      } else if (k == cells - 1) {
        highest = max_word(highest, h_[k]);
      }
    }
    return highest;
  }
  ANNEAL_FN void set_last_e(int e) { e_[cells - 1] = e; }

  ANNEAL_FN void set_h(int slot, int score) {
    const int cell = slot - first_;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (k == cell) h_[k] = Value::of(score, slot);
    }
  }
  /// The highest H from a slot on.
  ANNEAL_FN int highest_from(int slot) const {
    const int cell = slot - first_;
    int highest = 0;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (k >= cell) highest = max_word(highest, h_[k]);
    }
    return highest;
  }
  ANNEAL_FN void clear_from(int slot) {
    const int cell = slot - first_;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (k >= cell) h_[k] = 0;
    }
  }
  /// The last slot whose score is not 0, or -1.
  ANNEAL_FN int last_positive() const {
    int last = -1;
    ANNEAL_UNROLL
    for (int k = 0; k < cells; ++k) {
      if (h_[k] >= Value::unit) last = k;
    }
    return last < 0 ? last : first_ + last;
  }

 private:
  int first_;
  int h_[cells];      // H of the cell before on the diagonal; within a row, first M, then H
  int e_[cells];      // E of this row; then of the next
  int along_[cells];  // added to F when it leaves the cell
};

}  // namespace anneal::align::recurrence
