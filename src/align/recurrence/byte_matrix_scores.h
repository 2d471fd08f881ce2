// Scores of letter pairs by any matrix, as MatrixScores has them, by a byte of shared memory for each: for processors
// that permute no bytes.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// The table is that of MatrixScores, one copy of it.
template <class F, int rows_, int letters_, int columns = 1>
class ByteMatrixScores {
 public:
  static constexpr ANNEAL_CONSTANT int rows = rows_;
  static constexpr ANNEAL_CONSTANT int parts = F::parts;
  static constexpr ANNEAL_CONSTANT int letters = letters_;
  static constexpr ANNEAL_CONSTANT int words_per_letter = letters_ / 4 + 1;
  static constexpr ANNEAL_CONSTANT int table_words = (letters_ + 1) * words_per_letter;
  static constexpr ANNEAL_CONSTANT bool is_by_letter = false;  ///< of LetterScores' table, for EvidentRow
  static constexpr ANNEAL_CONSTANT bool has_own_offset = true;
  static constexpr ANNEAL_CONSTANT int highest_raised = F::parts == 2 ? 127 : 255;  ///< a score and its offset
  static constexpr ANNEAL_CONSTANT unsigned char query_padding = letters_;
  static constexpr ANNEAL_CONSTANT unsigned char target_padding = letters_;

  ANNEAL_FN void set_row(int row, ANNEAL_THREAD const Word (&codes)[F::parts]) {
    ANNEAL_UNROLL
    for (int part = 0; part < F::parts; ++part) offsets_[row][part] = codes[part] * (4 * words_per_letter);
  }
  ANNEAL_FN void set_column(ANNEAL_SHARED const Word* table, int, ANNEAL_THREAD const Word (&codes)[F::parts],
                            int column) {
    ANNEAL_UNROLL
    for (int part = 0; part < F::parts; ++part) {
      columns_[column][part] = reinterpret_cast<ANNEAL_SHARED const unsigned char*>(table) + codes[part];
    }
  }
  ANNEAL_FN Word add(Word diagonal, int row, int column) const {
    return diagonal + F::unit * F::join(score(row, 0, column), score(row, F::parts - 1, column));
  }
  ANNEAL_CONSTANT_FN static bool sheds_dust(int) { return false; }

 private:
  ANNEAL_FN Word score(int row, int part, int column) const { return columns_[column][part][offsets_[row][part]]; }

  Word offsets_[rows][F::parts];  // of the row's letters in the table
  ANNEAL_SHARED const unsigned char* columns_[columns][F::parts];
};

}  // namespace anneal::align::recurrence
