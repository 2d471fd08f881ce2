// Scores of letter pairs where a query letter is A, C, G or T, as LetterScores has them, for processors that compare
// and select in one instruction but permute no bytes.
//
// A column has two scores: that of the query letter which is the same, and that of all others. So N in the target has
// the same score twice.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/letter_scores.h"

namespace anneal::align::recurrence {

/// Of local forms, letters that differ must not score above 0: rows of padding score the same.
template <class F, int rows_, int columns = 1>
class EqualLetterScores {
 public:
  static constexpr ANNEAL_CONSTANT int rows = rows_;
  static constexpr ANNEAL_CONSTANT int parts = F::parts;
  static constexpr ANNEAL_CONSTANT int table_words = letter_words;
  static constexpr ANNEAL_CONSTANT bool is_by_letter = true;  ///< of LetterScores' table, for EvidentRow
  static constexpr ANNEAL_CONSTANT bool has_own_offset = false;
  static constexpr ANNEAL_CONSTANT int highest_raised = 127;  ///< a score and its offset
  static constexpr ANNEAL_CONSTANT unsigned char query_padding = 5;
  static constexpr ANNEAL_CONSTANT unsigned char target_padding = 5;

  ANNEAL_FN void set_row(int row, ANNEAL_THREAD const Word (&letters)[F::parts]) {
    rows_letters_[row] = F::join(letters[0], letters[F::parts - 1]);
    if (masks) kept_[row] = F::join(kept(letters[0]), kept(letters[F::parts - 1]));
  }
  ANNEAL_FN void set_column(ANNEAL_SHARED const Word* table, int, ANNEAL_THREAD const Word (&letters)[F::parts],
                            int column) {
    const Word first = table[letters[0]], second = table[letters[F::parts - 1]];
    letters_[column] = F::join(letters[0], letters[F::parts - 1]);
    same_[column] = F::unit * F::join(same(first, letters[0]), same(second, letters[F::parts - 1]));
    other_[column] = F::unit * F::join(other(first, letters[0]), other(second, letters[F::parts - 1]));
  }
  ANNEAL_FN Word add(Word diagonal, int row, int column) const {
    const Word scores = F::parts == 2
                            ? select_equal_halves(rows_letters_[row], letters_[column], same_[column], other_[column])
                            : select_equal_words(rows_letters_[row], letters_[column], same_[column], other_[column]);
    return diagonal + (masks ? scores & kept_[masks ? row : 0] : scores);
  }
  ANNEAL_CONSTANT_FN static bool sheds_dust(int) { return false; }

 private:
  /// Whether padding has to score as little as can be, so that it leaves row 0 as it is.
  static constexpr ANNEAL_CONSTANT bool masks = !F::local;

  ANNEAL_FN static Word kept(Word letter) { return letter < 4 ? F::highest_value : 0u; }
  ANNEAL_FN static Word same(Word scores, Word letter) {
    return letter < 4 ? scores >> (8 * letter) & 255u : other(scores, letter);
  }
  ANNEAL_FN static Word other(Word scores, Word letter) { return scores >> (8 * ((letter + 1) & 3u)) & 255u; }

  Word rows_letters_[rows];
  Word kept_[masks ? rows : 1];
  Word letters_[columns];
  Word same_[columns];
  Word other_[columns];
};

}  // namespace anneal::align::recurrence
