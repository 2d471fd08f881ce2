// A substitution matrix in the forms that vector kernels look scores up in.
#pragma once

#include <array>
#include <cstdint>

#include "anneal/scoring.h"

namespace anneal::align::cpu {

class ScoreTable {
 public:
  /// Holds so many `times` each score and what is `added` to that: within 8 bits.
  explicit ScoreTable(const SubstitutionMatrix& matrix, int added = 0, int times = 1);

  /// DNA with one score for equal letters, one for others and one for N: looked up by query code XOR target code, where
  /// the target's N is moved out of the way.
  bool is_match_form() const { return match_form_; }
  const std::int8_t* by_xor() const { return by_xor_.data(); }  ///< 16 entries
  static constexpr std::uint8_t unknown_bit = 4;                ///< set in the code of N alone

  /// Rows of 32 scores: [target code][query code].
  const std::int8_t* by_target() const { return by_target_.data(); }
  int letters() const { return letters_; }

  /// Of codes that are no letter; at most 0 without what was added.
  std::int8_t padding_score() const { return padding_score_; }

  /// Whether some code is free to fill up shorter sequences with: it scores at most 0 against everything.
  bool has_padding() const { return match_form_ || letters_ < SubstitutionMatrix::max_letters; }
  std::uint8_t padding() const { return match_form_ ? unknown_bit : SubstitutionMatrix::max_letters - 1; }

 private:
  bool match_form_;
  int letters_;
  std::int8_t padding_score_;
  alignas(64) std::array<std::int8_t, 16> by_xor_{};
  alignas(64) std::array<std::int8_t, SubstitutionMatrix::max_letters * SubstitutionMatrix::max_letters> by_target_{};
};

}  // namespace anneal::align::cpu
