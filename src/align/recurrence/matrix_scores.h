// Scores of letter pairs by any matrix: looked up in shared memory, which holds a copy of it per lane of a warp.
//
// Lanes look at letters of their own, so that with one copy most of them would want the same banks. Copy k of every
// word lies in bank k. Four target letters share a word, which a byte permutation takes apart.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

inline constexpr int matrix_copies = 32;

/// `letters_`: codes of the matrix; the next code is padding. `columns`: for as many target letters at once.
template <class F, int rows_, int letters_, int columns = 1>
class MatrixScores {
 public:
  static constexpr int rows = rows_;
  static constexpr int parts = F::parts;
  static constexpr int letters = letters_;
  static constexpr int words_per_letter = letters_ / 4 + 1;
  static constexpr int table_words = (letters_ + 1) * words_per_letter * matrix_copies;
  static constexpr bool is_by_letter = false;  ///< of LetterScores' table, for EvidentRow
  static constexpr bool has_own_offset = true;
  static constexpr int highest_raised = F::parts == 2 ? 127 : 255;  ///< a score and its offset
  static constexpr unsigned char query_padding = letters_;
  static constexpr unsigned char target_padding = letters_;

  ANNEAL_FN void set_row(int row, ANNEAL_THREAD const Word (&codes)[F::parts]) {
    ANNEAL_UNROLL
    for (int part = 0; part < F::parts; ++part) offsets_[row][part] = codes[part] * bytes_per_letter;
  }
  /// `copy`: the lane's number in its warp.
  ANNEAL_FN void set_column(ANNEAL_SHARED const Word* table, int copy, ANNEAL_THREAD const Word (&codes)[F::parts],
                            int column) {
    ANNEAL_UNROLL
    for (int part = 0; part < F::parts; ++part) columns_[column][part] = table + codes[part] / 4 * matrix_copies + copy;
    selector_[column] =
        F::parts == 2 ? 0x8080u | codes[0] % 4 | (codes[F::parts - 1] % 4 + 4) << 8 : 0x4440u | codes[0] % 4;
  }
  ANNEAL_FN Word add(Word diagonal, int row, int column) const {
    const Word second = F::parts == 2 ? word(row, F::parts - 1, column) : 0u;
    return diagonal + F::unit * select_bytes(word(row, 0, column), second, selector_[column]);
  }
  ANNEAL_CONSTANT_FN static bool sheds_dust(int) { return false; }

 private:
  static constexpr int bytes_per_letter = words_per_letter * matrix_copies * 4;

  ANNEAL_FN Word word(int row, int part, int column) const {
    ANNEAL_SHARED const char* letter = reinterpret_cast<ANNEAL_SHARED const char*>(columns_[column][part]);
    return *reinterpret_cast<ANNEAL_SHARED const Word*>(letter + offsets_[row][part]);
  }

  Word offsets_[rows][F::parts];  // of the row's letters in the table, in bytes
  ANNEAL_SHARED const Word* columns_[columns][F::parts];
  Word selector_[columns];
};

/// What to raise a matrix's scores by. No pair need score less than two gaps, which the recurrence can have instead.
/// And padding must score no more than a gap, or it would not leave row 0 as it is.
constexpr int matrix_offset(int lowest_score, int gap_open, int gap_extend) {
  const int gap = gap_open + gap_extend;
  return -lowest_score < gap ? gap : -lowest_score > 2 * gap ? 2 * gap : -lowest_score;
}

/// Writes the table of MatrixScores for `letters`: scores raised by `offset`, all in 0..127, or 0..255 where a Word has
/// one part. `score(query, target)` is asked for codes 0..codes-1; padding scores `padding_score` as a query letter, if
/// that can be, and as little as can be as a target letter.
template <class Score>
void fill_matrix_table(int letters, const Score& score, int codes, int offset, int padding_score,
                       unsigned char* table) {
  const int words_per_letter = letters / 4 + 1;
  for (int query = 0; query <= letters; ++query) {
    for (int target = 0; target < words_per_letter * 4; ++target) {
      const int unraised = query >= codes ? padding_score : target < codes ? score(query, target) : -offset;
      const int raised = target < codes && unraised + offset > 0 ? unraised + offset : 0;
      unsigned char* byte = table + (query * words_per_letter + target / 4) * matrix_copies * 4 + target % 4;
      for (int copy = 0; copy < matrix_copies; ++copy) byte[4 * copy] = static_cast<unsigned char>(raised);
    }
  }
}

}  // namespace anneal::align::recurrence
