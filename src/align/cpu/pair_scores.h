// Scores of unordered pairs of letters, for symmetric matrices: half a matrix, so small that vectors can look it up
// whole.
#pragma once

#include <array>
#include <cstdint>

#include "anneal/scoring.h"

namespace anneal::align::cpu {

/// Letters are numbered anew, below `letters`; their pairs (a, b), a <= b, are entries b * (b + 1) / 2 + a.
class PairScores {
 public:
  static constexpr int letters = 22;  ///< 253 pairs
  static constexpr std::uint8_t no_number = 0x80;

  /// Holds so many `times` each score and what is `added` to that: within 8 bits.
  explicit PairScores(const SubstitutionMatrix& matrix, int added = 0, int times = 1);

  /// False for matrices that are not symmetric.
  bool possible() const { return possible_; }
  /// The number of each of the 32 codes, or `no_number`. Codes that are no letters of the matrix have the padding's. Of
  /// a matrix with more letters than numbers, the first ones and X have one.
  const std::uint8_t* numbers() const { return numbers_.data(); }
  /// 256 scores.
  const std::int8_t* scores() const { return scores_.data(); }
  /// Where the pairs (., b) begin, for 32 numbers b.
  const std::uint8_t* first_pairs() const { return first_pairs_.data(); }

 private:
  bool possible_;
  std::array<std::uint8_t, SubstitutionMatrix::max_letters> numbers_{};
  alignas(64) std::array<std::int8_t, 256> scores_{};
  alignas(64) std::array<std::uint8_t, 64> first_pairs_{};
};

}  // namespace anneal::align::cpu
