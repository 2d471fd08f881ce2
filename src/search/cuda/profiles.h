// Scores of a strip's rows for each letter that a target may have, in shared memory.
//
// Lanes look at different letters at the same time. So whatever the letter, a lane's own words are in banks of its own:
// the lane is the index that runs fastest.
#pragma once

#include "search/cuda/score_job.h"

namespace anneal::search::cuda {

struct alignas(16) Quad {
  Word words[4];
};

/// A row's score for a letter, raised; 0 for padding, which is no more than any letter has.
ANNEAL_FN int raised_score(const ScoreJob& job, int query, int row, int letter) {
  const int place = job.first_rows[query] + row;
  if (place >= job.lengths[query] || letter >= job.letters) return 0;
  return job.matrix[letter * query_codes + job.queries[query][place]] + job.raise;
}

/// One target. Of each row a Word that can be added as it is: of two queries, if the form has two parts. Scores may be
/// of any sign, as the sum's halves are not negative.
template <class Form_, int rows_, int lanes_>
class WordProfile {
 public:
  using Form = Form_;
  static constexpr int rows = rows_;
  static constexpr int queries = Form::parts;
  static constexpr int targets = 1;
  static constexpr int side = lanes_ < 8 ? 8 : lanes_;  // 8 lanes' Quads fill all banks
  static constexpr int words_per_letter = rows * side;
  static_assert(rows % 4 == 0 && words_per_letter % 4 == 0);

  ANNEAL_FN static Word word(const ScoreJob& job, int first_row, int letter, int place) {
    const int lane = place / 4 % side % lanes_;
    const int row = first_row + lane * rows + place / 4 / side * 4 + place % 4;
    Word word = static_cast<Word>(raised_score(job, 0, row, letter));
    if constexpr (queries == 2) word += static_cast<Word>(raised_score(job, 1, row, letter)) << 16;
    return word;
  }

  /// Where a lane of the warp finds its own.
  struct Place {
    const Quad* quads;
  };
  ANNEAL_FN static Place place(const Word* profile, int lane) {
    return {align::recurrence::hold(reinterpret_cast<const Quad*>(profile) + lane % side)};
  }
  ANNEAL_FN WordProfile(const Place& place, const Word (&letters)[targets])
      : column_(place.quads + letters[0] * (words_per_letter / 4)) {}
  /// Rows 4 * four and so on; to be called in order.
  ANNEAL_FN void load(int four, Word (&scores)[4]) const {
    const Quad quad = column_[four * side];
    ANNEAL_UNROLL
    for (int k = 0; k < 4; ++k) scores[k] = quad.words[k];
  }

 private:
  const Quad* column_;
};

/// One query, two targets. Raised scores are bytes, four rows to a Word; byte permutations join both targets'.
///
/// As Halves they are below 128. As Bytes, one permutation serves two rows: it leaves the one row's score, or the other
/// target's, as dust below the score of the other. Dust adds up along a path, so rows have to shed it in time.
template <class Form_, int rows_, int lanes_>
class ByteProfile {
 public:
  using Form = Form_;
  static constexpr int rows = rows_;
  static constexpr int queries = 1;
  static constexpr int targets = 2;
  static constexpr int words = rows / 4;
  static constexpr int in_quads = words / 4 * 4;
  static constexpr int words_per_letter = words * 32;
  static_assert(rows % 4 == 0 && words_per_letter % 4 == 0);

  ANNEAL_FN static Word word(const ScoreJob& job, int first_row, int letter, int place) {
    const bool is_in_quad = place < in_quads * 32;
    const int lane = (is_in_quad ? place / 4 : place) % 32 % lanes_;
    const int word = is_in_quad ? place / 128 * 4 + place % 4 : place / 32;
    const int row = first_row + lane * rows + 4 * word;
    Word bytes = 0;
    for (int k = 0; k < 4; ++k) bytes |= static_cast<Word>(raised_score(job, 0, row + k, letter)) << (8 * k);
    return bytes;
  }

  struct Place {
    const Quad* quads;
    const Word* singles;
  };
  ANNEAL_FN static Place place(const Word* profile, int lane) {
    return {align::recurrence::hold(reinterpret_cast<const Quad*>(profile) + lane),
            align::recurrence::hold(profile + lane)};
  }
  ANNEAL_FN ByteProfile(const Place& place, const Word (&letters)[targets]) {
    ANNEAL_UNROLL
    for (int k = 0; k < targets; ++k) {
      quads_[k] = place.quads + letters[k] * (words_per_letter / 4);
      singles_[k] = place.singles + letters[k] * words_per_letter;
    }
  }
  ANNEAL_FN void load(int four, Word (&scores)[4]) {
    Word own[targets];
    ANNEAL_UNROLL
    for (int k = 0; k < targets; ++k) {
      if (four < in_quads && four % 4 == 0) loaded_[k] = quads_[k][four / 4 * 32];
      own[k] = four < in_quads ? loaded_[k].words[four % 4] : singles_[k][four * 32];
    }
    using align::recurrence::select_bytes;
    if constexpr (Form::has_dust) {
      scores[1] = select_bytes(own[0], own[1], 0x5410);
      scores[0] = scores[1] * 256u;
      scores[3] = select_bytes(own[0], own[1], 0x7632);
      scores[2] = scores[3] * 256u;
    } else {
      constexpr Word selectors[4] = {0xc480, 0xd591, 0xe6a2, 0xf7b3};  // a byte of each, and its sign, which is 0
      ANNEAL_UNROLL
      for (int k = 0; k < 4; ++k) scores[k] = select_bytes(own[0], own[1], selectors[k]);
    }
  }

 private:
  const Quad* quads_[targets];
  const Word* singles_[targets];
  Quad loaded_[targets];
};

/// Rows that a path may go through before it has to shed its dust.
inline constexpr int dusty_rows = 10;
/// The highest raised score of Bytes, so that dust stays below a unit.
inline constexpr int highest_dusty = 255 / dusty_rows;

/// Fills a strip's profile, with `threads` threads of which this is one.
template <class Profile>
ANNEAL_FN void fill_profile(const ScoreJob& job, int first_row, Word* profile, int thread, int threads) {
  const int words = (job.letters + 1) * Profile::words_per_letter;
  ANNEAL_UNROLL_BY(4)
  for (int index = thread; index < words; index += threads) {
    profile[index] =
        Profile::word(job, first_row, index / Profile::words_per_letter, index % Profile::words_per_letter);
  }
}

}  // namespace anneal::search::cuda
