// Scores of letter pairs by any matrix: looked up in shared memory, which holds a copy of it per lane of a warp.
//
// Lanes look at letters of their own, so that with one copy most of them would want the same banks. Copy k of every
// word lies in bank k. Four target letters share a word, which a byte permutation takes apart.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

constexpr ANNEAL_CONSTANT int matrix_copies = 32;

/// `letters_`: codes of the matrix; the next code is padding. `columns`: for as many target letters at once.
template <class F, int rows_, int letters_, int columns = 1>
class MatrixScores {
 public:
  static constexpr ANNEAL_CONSTANT int rows = rows_;
  static constexpr ANNEAL_CONSTANT int parts = F::parts;
  static constexpr ANNEAL_CONSTANT int letters = letters_;
  static constexpr ANNEAL_CONSTANT int words_per_letter = letters_ / 4 + 1;
  static constexpr ANNEAL_CONSTANT int table_words = (letters_ + 1) * words_per_letter * matrix_copies;
  static constexpr ANNEAL_CONSTANT bool is_by_letter = false;  ///< of LetterScores' table, for EvidentRow
  static constexpr ANNEAL_CONSTANT bool has_own_offset = true;
  static constexpr ANNEAL_CONSTANT int highest_raised = F::parts == 2 ? 127 : 255;  ///< a score and its offset
  static constexpr ANNEAL_CONSTANT unsigned char query_padding = letters_;
  static constexpr ANNEAL_CONSTANT unsigned char target_padding = letters_;

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
  static constexpr ANNEAL_CONSTANT int bytes_per_letter = words_per_letter * matrix_copies * 4;

  ANNEAL_FN Word word(int row, int part, int column) const {
    ANNEAL_SHARED const char* letter = reinterpret_cast<ANNEAL_SHARED const char*>(columns_[column][part]);
    return *reinterpret_cast<ANNEAL_SHARED const Word*>(letter + offsets_[row][part]);
  }

  Word offsets_[rows][F::parts];  // of the row's letters in the table, in bytes
  ANNEAL_SHARED const Word* columns_[columns][F::parts];
  Word selector_[columns];
};

}  // namespace anneal::align::recurrence
