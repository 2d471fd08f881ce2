// The table of MatrixScores. For hosts.
#pragma once

#include "align/recurrence/matrix_scores.h"

namespace anneal::align::recurrence {

/// What to raise a matrix's scores by. No pair need score less than two gaps, which the recurrence can have instead.
/// And padding must score no more than a gap, or it would not leave row 0 as it is.
constexpr int matrix_offset(int lowest_score, int gap_open, int gap_extend) {
  const int gap = gap_open + gap_extend;
  return -lowest_score < gap ? gap : -lowest_score > 2 * gap ? 2 * gap : -lowest_score;
}

/// Writes the table of MatrixScores for `letters`: scores raised by `offset`, all in 0..127, or 0..255 where a Word has
/// one part. `score(query, target)` is asked for codes 0..codes-1; padding scores `padding_score` as a query letter, if
/// that can be, and as little as can be as a target letter. `copies`: as MatrixScores has them.
template <class Score>
void fill_matrix_table(int letters, const Score& score, int codes, int offset, int padding_score, unsigned char* table,
                       int copies = matrix_copies) {
  const int words_per_letter = letters / 4 + 1;
  for (int query = 0; query <= letters; ++query) {
    for (int target = 0; target < words_per_letter * 4; ++target) {
      const int unraised = query >= codes ? padding_score : target < codes ? score(query, target) : -offset;
      const int raised = target < codes && unraised + offset > 0 ? unraised + offset : 0;
      unsigned char* byte = table + (query * words_per_letter + target / 4) * copies * 4 + target % 4;
      for (int copy = 0; copy < copies; ++copy) byte[4 * copy] = static_cast<unsigned char>(raised);
    }
  }
}

}  // namespace anneal::align::recurrence
