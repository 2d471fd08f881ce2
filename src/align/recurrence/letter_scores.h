// Scores of letter pairs where a query letter is A, C, G or T: by one byte permutation per row.
//
// For each letter of the target there is a word with the scores of the four query letters, raised by an offset so that
// they are positive. A row's selector, the same in all columns, picks its byte from it: from two such words at once
// where two alignments share a Word.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Target letters: A, C, G, T, N, and one that matches nothing.
constexpr ANNEAL_CONSTANT int letter_words = 8;

/// `columns`: for as many target letters at once.
template <class F, int rows_, int columns = 1>
class LetterScores {
 public:
  static constexpr ANNEAL_CONSTANT int rows = rows_;
  static constexpr ANNEAL_CONSTANT int parts = F::parts;
  static constexpr ANNEAL_CONSTANT int table_words = letter_words;
  static constexpr ANNEAL_CONSTANT bool is_by_letter = true;  ///< of LetterScores' table, for EvidentRow
  /// Whether an offset other than gap_open + gap_extend is possible.
  static constexpr ANNEAL_CONSTANT bool has_own_offset = false;
  static constexpr ANNEAL_CONSTANT int highest_raised = 127;  ///< a score and its offset
  static constexpr ANNEAL_CONSTANT unsigned char query_padding = 5;
  static constexpr ANNEAL_CONSTANT unsigned char target_padding = 5;

  /// `letters`: of each part, 0..3, or more for padding, which scores as little as can be.
  ANNEAL_FN void set_row(int row, ANNEAL_THREAD const Word (&letters)[F::parts]) {
    selectors_[row] = byte_of(letters[0], 0) | (F::parts == 2 ? byte_of(letters[F::parts - 1], 4) << 8 : zero << 8);
  }
  ANNEAL_FN void set_column(ANNEAL_SHARED const Word* table, int, ANNEAL_THREAD const Word (&letters)[F::parts],
                            int column) {
    first_[column] = table[letters[0]];
    second_[column] = F::parts == 2 ? table[letters[F::parts - 1]] : 0u;
  }
  /// A row's score and offset added to what the diagonal holds.
  ANNEAL_FN Word add(Word diagonal, int row, int column) const {
    const Word scores = select_bytes(first_[column], second_[column], selectors_[row]);
    return diagonal + scores * F::unit;
  }
  ANNEAL_CONSTANT_FN static bool sheds_dust(int) { return false; }

 private:
  // Two nibbles. The words' bytes are below 128, and the second word of a single alignment is 0.
  static constexpr ANNEAL_CONSTANT Word zero = F::parts == 2 ? 0x88u : 0x44u;

  ANNEAL_FN static Word byte_of(Word letter, Word first_byte) {
    const Word nibble = letter < 4 ? first_byte + letter : zero & 15u;
    return nibble | (zero & 240u);
  }

  Word selectors_[rows];
  Word first_[columns];
  Word second_[columns];
};

}  // namespace anneal::align::recurrence
