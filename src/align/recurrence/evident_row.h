// The row of the best cell, as far as the letters alone tell it: for local forms that keep no row.
//
// Column and score are known. As no earlier column, and no row above in it, has this score, everything that could be
// cut off the alignment's end scores more than 0. So it ends with letter pairs along the diagonal whose sum stays above
// 0 until it could pay for a gap, or until it is the whole score; and the pair that follows the end does not score. Few
// rows are like that. Where it is just one, it is the row.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/end_cell.h"

namespace anneal::align::recurrence {

/// Works on the letters and the table of LetterScores. Both sequences begin at a multiple of 4.
class EvidentRow {
 public:
  static constexpr ANNEAL_CONSTANT int none = -1;
  static constexpr ANNEAL_CONSTANT int several = 0x7fffffff;

  /// `gap`: what a gap of one letter costs, and the offset of the table's scores. `end`: score and target_end count.
  ANNEAL_FN EvidentRow(ANNEAL_GLOBAL const unsigned char* query, int query_length,
                       ANNEAL_GLOBAL const unsigned char* target, int target_length, ANNEAL_SHARED const Word* table,
                       int gap, ANNEAL_THREAD const EndCell& end)
      : query_(query), target_(target), query_length_(query_length), target_length_(target_length), table_(table),
        gap_(gap), score_(end.score), column_(end.target_end - 1) {}

  /// The row out of first .. first + rows - 1 where the alignment may end, `none` or `several`.
  ANNEAL_FN int find(int first, int rows) const {
    const Word tail = last_four(target_, target_length_, column_);
    const Word wanted = wanted_letters(tail);
    int found = none;
    for (int row = first; row < first + rows; row += 32) {
      Word candidates = 0;
      for (int k = 0; k < 32 && row + k < first + rows; ++k) {
        const bool fits = ((last_four(query_, query_length_, row + k) ^ tail) & wanted) == 0;
        candidates |= fits ? 1u << k : 0u;
      }
      // Apart, as the lanes of a warp then follow their few candidates at the same time.
      for (int k = 0; candidates != 0; ++k, candidates >>= 1) {
        if ((candidates & 1u) != 0 && may_end(row + k)) found = either(found, row + k);
      }
    }
    return found;
  }
  ANNEAL_FN static int either(int a, int b) { return a == none ? b : b == none ? a : several; }

 private:
  ANNEAL_FN int pair_score(int row, int column) const {
    return static_cast<int>(table_[target_[column]] >> (8 * query_[row]) & 255u) - gap_;
  }
  /// The letters up to a place, the last one in the highest byte.
  ANNEAL_FN static Word last_four(ANNEAL_GLOBAL const unsigned char* letters, int count, int last) {
    ANNEAL_GLOBAL const Word* words = reinterpret_cast<ANNEAL_GLOBAL const Word*>(letters);
    const int first = last - 3, word = first >> 2, end = (count + 3) / 4;
    const Word low = word >= 0 && word < end ? words[word] : 0u;
    const Word high = word + 1 >= 0 && word + 1 < end ? words[word + 1] : 0u;
    return funnel_right(low, high, 8 * (first & 3));
  }
  /// Which of a target's last four letters must match: as long as matches could not pay for a mismatch, nor be all.
  ANNEAL_FN Word wanted_letters(Word tail) const {
    const int match = static_cast<int>(table_[0] & 255u) - gap_;
    const int mismatch = gap_ - static_cast<int>(table_[1] & 255u);
    int letters = 0;
    for (int sum = 0; letters < 4 && sum <= mismatch && sum < score_; sum += match) ++letters;
    const Word ambiguous = (tail >> 2 & 0x01010101u) * 255u;
    return letters == 0 ? 0u : ~0u << (32 - 8 * letters) & ~ambiguous;
  }
  ANNEAL_FN bool may_end(int row) const {
    if (row < 0 || row >= query_length_) return false;
    if (row + 1 < query_length_ && column_ + 1 < target_length_ && pair_score(row + 1, column_ + 1) > 0) return false;
    int sum = 0;
    for (int k = 0; k <= row && k <= column_; ++k) {
      sum += pair_score(row - k, column_ - k);
      if (sum <= 0) return false;
      if (sum > gap_ || sum == score_) return true;
    }
    return false;
  }

  ANNEAL_GLOBAL const unsigned char* query_;
  ANNEAL_GLOBAL const unsigned char* target_;
  int query_length_;
  int target_length_;
  ANNEAL_SHARED const Word* table_;
  int gap_;
  int score_;
  int column_;
};

}  // namespace anneal::align::recurrence
