// How scores are kept in registers: in halves of a Word, two alignments side by side, or one alignment in a whole Word.
//
// A stored score is unsigned: unit * (score + bias) + unit - 1 - row, where `row` counts from the top of the strip that
// a lane holds and unit is at least as many. So the highest stored value of a column is that of the highest score in
// the smallest row, at no cost beyond the recurrence's own: a step from row to row subtracts 1 more, and all penalties
// are constants anyway. Forms with unit 1 keep no row. Others that keep none have dust below the unit: what is left of
// cheap ways to add scores, never as much as a unit, and no part of the score (see PairedLetterScores).
//
// The bias keeps every value at 0 or above, so that the halves of a Word can be added to with plain 32-bit additions,
// which are cheaper than packed ones: nothing is ever carried or borrowed between them.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// `parts_`: alignments in a Word, 1 or 2. `local_`: scores begin anywhere and never fall below 0. A local form's
/// scores are exact where none exceeds highest_exact(); those of others must lie within -bias .. highest_exact()
/// beforehand, a few penalties apart (fits_global()).
template <int parts_, bool local_, int unit_, unsigned bias_, bool keeps_row_ = (unit_ > 1)>
struct Form {
  static_assert(parts_ == 1 || parts_ == 2);
  static_assert((unit_ & (unit_ - 1)) == 0, "stored scores are taken apart by shifts and masks");

  static constexpr ANNEAL_CONSTANT int parts = parts_;
  static constexpr ANNEAL_CONSTANT bool local = local_;
  static constexpr ANNEAL_CONSTANT Word unit = unit_;
  static constexpr ANNEAL_CONSTANT Word bias = bias_;
  static constexpr ANNEAL_CONSTANT bool keeps_row = keeps_row_;
  static constexpr ANNEAL_CONSTANT bool has_dust = unit_ > 1 && !keeps_row_;
  static constexpr ANNEAL_CONSTANT Word each =
      parts == 2 ? 0x00010001u : 1u;  ///< times a value: that value in every part
  static constexpr ANNEAL_CONSTANT Word highest_value = parts == 2 ? 0xffffu : 0xffffffffu;

  /// The stored value of a score in row -1 .. unit - 1 of a strip.
  ANNEAL_CONSTANT_FN static Word value(int score, int row) {
    return unit * (static_cast<Word>(score) + bias) + (keeps_row ? unit - 1 - static_cast<Word>(row) : 0u);
  }
  ANNEAL_CONSTANT_FN static int score_of(Word value) { return static_cast<int>(value / unit - bias); }
  ANNEAL_CONSTANT_FN static int row_of(Word value) { return keeps_row ? static_cast<int>(unit - 1 - value % unit) : 0; }
  ANNEAL_CONSTANT_FN static Word without_dust(Word word) { return has_dust ? word & ~(each * (unit - 1)) : word; }
  /// What moving a value to a frame that begins `rows` further down adds.
  ANNEAL_CONSTANT_FN static Word lower_frame(int rows) { return keeps_row ? each * static_cast<Word>(rows) : 0u; }

  ANNEAL_CONSTANT_FN static Word part(Word word, int index) {
    return parts == 1 ? word : index == 0 ? word & 0xffffu : word >> 16;
  }
  ANNEAL_CONSTANT_FN static Word join(Word first, Word second) { return parts == 1 ? first : first | second << 16; }

  ANNEAL_FN static Word max2(Word a, Word b) { return parts == 2 ? max_halves(a, b) : max_word(a, b); }
  ANNEAL_FN static Word max3(Word a, Word b, Word c) { return parts == 2 ? max3_halves(a, b, c) : max3_word(a, b, c); }
  ANNEAL_FN static Word add_max(Word a, Word b, Word c) {
    return parts == 2 ? add_max_halves(a, b, c) : add_max_word(a, b, c);
  }

  /// The highest score up to which no stored value has overflowed, given the highest score of a letter pair.
  ANNEAL_CONSTANT_FN static int highest_exact(int highest_pair) {
    return static_cast<int>(highest_value / unit - bias) - 2 - (highest_pair > 0 ? highest_pair : 0);
  }
};

/// Penalties in a form's units, in all parts.
struct Penalties {
  Word open_deletion = 0;     ///< subtracted from H(i,j) for E(i,j+1)
  Word extend_deletion = 0;   ///< subtracted from E(i,j) for E(i,j+1)
  Word open_insertion = 0;    ///< subtracted from H(i,j) for F(i+1,j)
  Word extend_insertion = 0;  ///< added to F(i,j), modulo the part's size, for F(i+1,j)
  Word letter_pair = 0;       ///< subtracted from H(i-1,j-1), before a pair's score and offset are added
};

/// `offset` is what makes every pair's score at least 0.
template <class F>
constexpr Penalties penalties_of(int gap_open, int gap_extend, int offset) {
  const Word row = F::keeps_row ? 1 : 0;
  const Word open = F::unit * static_cast<Word>(gap_open + gap_extend);
  const Word extend = F::unit * static_cast<Word>(gap_extend);
  const Word part_of_negative = (0u - (extend + row)) & F::highest_value;
  return {.open_deletion = F::each * open,
          .extend_deletion = F::each * extend,
          .open_insertion = F::each * (open + row),
          .extend_insertion = F::each * part_of_negative,
          .letter_pair = F::each * (F::unit * static_cast<Word>(offset) + row)};
}

/// Whether a local form can hold what these penalties and this offset lead to, as long as scores stay exact.
template <class F>
constexpr bool fits_local(int gap_open, int gap_extend, int offset) {
  const int lowest = gap_open + 2 * gap_extend;
  return static_cast<int>(F::bias) > (lowest > offset ? lowest : offset);
}

/// Whether another form can hold all scores of at most `bound` in magnitude.
template <class F>
constexpr bool fits_global(long bound, int gap_open, int gap_extend, int offset, int highest_pair) {
  const long lowest = bound + gap_open + 2L * gap_extend + offset;
  return lowest < static_cast<long>(F::bias) && bound <= F::highest_exact(highest_pair);
}

}  // namespace anneal::align::recurrence
