#include "align/cpu/score_table.h"

#include <algorithm>

namespace anneal::align::cpu {
namespace {

constexpr int bases = 4;
constexpr int unknown = 4;

// Whether A, C, G and T have one score for equal and one for different letters, and N one, not above 0, for all.
bool has_match_form(const SubstitutionMatrix& matrix) {
  if (matrix.size() != bases + 1 || matrix.score(unknown, unknown) > 0) return false;
  for (int q = 0; q <= unknown; ++q) {
    for (int t = 0; t <= unknown; ++t) {
      const int expected = q == unknown || t == unknown ? matrix.score(unknown, unknown)
                           : q == t                     ? matrix.score(0, 0)
                                                        : matrix.score(0, 1);
      if (matrix.score(q, t) != expected) return false;
    }
  }
  return true;
}

}  // namespace

ScoreTable::ScoreTable(const SubstitutionMatrix& matrix, int added, int times)
    : match_form_(has_match_form(matrix)), letters_(matrix.size()),
      padding_score_(static_cast<std::int8_t>(times * std::min(matrix.lowest(), -1) + added)) {
  const auto held = [&](int score) { return static_cast<std::int8_t>(times * score + added); };
  // Where one side is N, bit 2 or 3 of the index is set.
  for (int index = 0; index < static_cast<int>(by_xor_.size()) && match_form_; ++index) {
    by_xor_[static_cast<std::size_t>(index)] =
        held(index < bases ? matrix.score(0, index) : matrix.score(unknown, unknown));
  }
  by_target_.fill(padding_score_);
  for (int t = 0; t < letters_; ++t) {
    for (int q = 0; q < letters_; ++q) {
      by_target_[static_cast<std::size_t>(t * SubstitutionMatrix::max_letters + q)] = held(matrix.score(q, t));
    }
  }
}

}  // namespace anneal::align::cpu
