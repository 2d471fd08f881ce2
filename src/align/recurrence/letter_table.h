// The table of LetterScores. For hosts.
#pragma once

#include "align/recurrence/letter_scores.h"

namespace anneal::align::recurrence {

/// The word of each target letter, for match/mismatch scores raised by `offset`; N scores -1 against everything.
constexpr void fill_letter_words(int match, int mismatch, int offset, Word (&words)[letter_words]) {
  for (Word& word : words) word = 0;
  for (int target = 0; target <= 4; ++target) {
    for (int query = 0; query < 4; ++query) {
      const int score = target == 4 ? -1 : query == target ? match : -mismatch;
      words[target] |= static_cast<Word>(score + offset) << (8 * query);
    }
  }
}

}  // namespace anneal::align::recurrence
