// Scores of the query letters in a lane's cells with one target letter, which is that of all lanes.
//
// A lane's cells are neighbouring columns that move on by one column per row. The table has 32 rows, of target letters,
// of 32 signed bytes, for query letters.
#pragma once

#include "align/recurrence/letter_reader.h"

namespace anneal::align::recurrence {

constexpr ANNEAL_CONSTANT int extend_letters = 32;
constexpr ANNEAL_CONSTANT int few_letters = 8;
constexpr ANNEAL_CONSTANT int extend_row_words = extend_letters / 4;

/// For matrices of up to 8 letters: a row of them is two words, which a byte permutation looks letters up in.
template <int cells>
class FewLetterScores {
 public:
  static constexpr ANNEAL_CONSTANT int letters = few_letters;
  static constexpr ANNEAL_CONSTANT int table_words = letters * extend_row_words;
  static constexpr ANNEAL_CONSTANT int period = 8;  ///< rows after a refill, before the next one

  ANNEAL_FN void begin(ANNEAL_GLOBAL const unsigned char* query, int count, int column) {
    query_.begin(query, count, column);
    ANNEAL_UNROLL
    for (int k = 0; k < words; ++k) window_[k] = next_eight();
  }
  ANNEAL_FN void refill() { window_[words] = next_eight(); }
  ANNEAL_FN void slide() {
    ANNEAL_UNROLL
    for (int k = 0; k < words; ++k) window_[k] = funnel_right(window_[k], window_[k + 1], 4);
    window_[words] >>= 4;
  }
  /// Of the row after the one that begins next.
  ANNEAL_FN void load_row(ANNEAL_SHARED const Word* table, int letter) {
    const int row = (letter % letters) * extend_row_words;
    low_ = table[row];
    high_ = table[row + 1];
  }
  ANNEAL_FN void begin_row() {
    ANNEAL_UNROLL
    for (int k = 0; k < fours; ++k) scores_[k] = select_bytes(low_, high_, window_[k / 2] >> (16 * (k % 2)) & 0xffffu);
  }
  ANNEAL_FN int score(int cell) const { return signed_byte(scores_[cell / 4], cell % 4); }

 private:
  static constexpr ANNEAL_CONSTANT int words = (cells + 7) / 8;
  static constexpr ANNEAL_CONSTANT int fours = (cells + 3) / 4;

  /// Eight letters of four bits.
  ANNEAL_FN Word next_eight() {
    const Word low = packed(query_.next());
    return low | packed(query_.next()) << 16;
  }
  ANNEAL_FN static Word packed(Word four) {
    four &= 0x07070707u;
    four = (four | four >> 4) & 0x00ff00ffu;
    return (four | four >> 8) & 0xffffu;
  }

  LetterReader query_;
  Word window_[words + 1];  // the lowest four bits are of cell 0
  Word low_;
  Word high_;
  Word scores_[fours];
};

/// For any matrix: each cell looks its letter up in the row, which lies in as many banks of shared memory as it has
/// words, so that no two lanes are in each other's way.
template <int cells>
class AnyLetterScores {
 public:
  static constexpr ANNEAL_CONSTANT int letters = extend_letters;
  static constexpr ANNEAL_CONSTANT int table_words = letters * extend_row_words;
  static constexpr ANNEAL_CONSTANT int period = 4;

  ANNEAL_FN void begin(ANNEAL_GLOBAL const unsigned char* query, int count, int column) {
    query_.begin(query, count, column);
    ANNEAL_UNROLL
    for (int k = 0; k < words; ++k) window_[k] = query_.next() & 0x1f1f1f1fu;
  }
  ANNEAL_FN void refill() { window_[words] = query_.next() & 0x1f1f1f1fu; }
  ANNEAL_FN void slide() {
    ANNEAL_UNROLL
    for (int k = 0; k < words; ++k) window_[k] = funnel_right(window_[k], window_[k + 1], 8);
    window_[words] >>= 8;
  }
  ANNEAL_FN void load_row(ANNEAL_SHARED const Word* table, int letter) {
    next_row_ = reinterpret_cast<ANNEAL_SHARED const signed char*>(table + letter * extend_row_words);
  }
  ANNEAL_FN void begin_row() { row_ = next_row_; }
  ANNEAL_FN int score(int cell) const { return row_[window_[cell / 4] >> (8 * (cell % 4)) & 255u]; }

 private:
  static constexpr ANNEAL_CONSTANT int words = (cells + 3) / 4;

  LetterReader query_;
  Word window_[words + 1];
  ANNEAL_SHARED const signed char* row_;
  ANNEAL_SHARED const signed char* next_row_;
};

}  // namespace anneal::align::recurrence
