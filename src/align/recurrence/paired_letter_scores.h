// Scores of letter pairs as LetterScores has them, but one byte permutation does for two rows.
//
// It picks, for two alignments side by side, the bytes of an even row and of the odd one below. The odd row's lie in
// the high bytes of both halves and are added as they are; the even row's are shifted there. What else is in the words
// is dust, below the unit of 256: at most the highest byte per row. Every `rows_of_dust` rows it is swept away.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/letter_scores.h"

namespace anneal::align::recurrence {

template <class F, int rows_, int columns = 1>
class PairedLetterScores {
  static_assert(F::parts == 2 && F::unit == 256 && F::has_dust);

 public:
  static constexpr ANNEAL_CONSTANT int rows = rows_;
  static constexpr ANNEAL_CONSTANT int parts = F::parts;
  static constexpr ANNEAL_CONSTANT int table_words = letter_words;
  static constexpr ANNEAL_CONSTANT bool is_by_letter = true;  ///< of LetterScores' table, for EvidentRow
  static constexpr ANNEAL_CONSTANT bool has_own_offset = false;
  static constexpr ANNEAL_CONSTANT int rows_of_dust = 20;
  static constexpr ANNEAL_CONSTANT int highest_raised = 255 / rows_of_dust;  ///< a score and its offset
  static constexpr ANNEAL_CONSTANT unsigned char query_padding = 5;
  static constexpr ANNEAL_CONSTANT unsigned char target_padding = 5;

  /// Rows must be set in ascending order.
  ANNEAL_FN void set_row(int row, ANNEAL_THREAD const Word (&letters)[2]) {
    const Word bytes = byte_of(letters[0], 0) | byte_of(letters[1], 4) << 8;
    ANNEAL_THREAD Word& selector = selectors_[row / 2];
    selector = row % 2 == 0 ? bytes | none << 4 | none << 12 : (selector & 0x0f0fu) | bytes << 4;
  }
  ANNEAL_FN void set_column(ANNEAL_SHARED const Word* table, int, ANNEAL_THREAD const Word (&letters)[2], int column) {
    first_[column] = table[letters[0]];
    second_[column] = table[letters[1]];
  }
  /// Rows must come in ascending order in each column.
  ANNEAL_FN Word add(Word diagonal, int row, int column) {
    if (row % 2 == 0) scores_[column] = select_bytes(first_[column], second_[column], selectors_[row / 2]);
    if (sheds_dust(row)) diagonal = F::without_dust(diagonal);
    return row % 2 == 0 ? scores_[column] * F::unit + diagonal : scores_[column] + diagonal;
  }
  ANNEAL_CONSTANT_FN static bool sheds_dust(int row) { return row > 0 && row % rows_of_dust == 0; }

 private:
  static constexpr ANNEAL_CONSTANT Word none = 8;  // the sign of a byte below 128

  ANNEAL_FN static Word byte_of(Word letter, Word first_byte) { return letter < 4 ? first_byte + letter : none; }

  Word selectors_[(rows + 1) / 2];
  Word first_[columns];
  Word second_[columns];
  Word scores_[columns];  // of the last two rows
};

}  // namespace anneal::align::recurrence
