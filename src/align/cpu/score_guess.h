// How much of their matrices the pairs of a batch need, guessed from the scores seen so far.
//
// A kernel that fills only the diagonals which an alignment of the guessed score can touch finds that score, or a
// higher one, exactly, ties included. Pairs that turn out to score less are computed again in full.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include "align/cpu/plan.h"
#include "align/diagonal_bound.h"

namespace anneal::align::cpu {

/// What to fill of the matrices of a group.
struct Part {
  Diagonals diagonals;
  std::int64_t letters_to_end = 1;  ///< no alignment that matters ends at an earlier row or column

  void include(const Part& other) {
    diagonals.include(other.diagonals);
    letters_to_end = std::min(letters_to_end, other.letters_to_end);
  }
};

/// Used by several threads at once.
class ScoreGuess {
 public:
  explicit ScoreGuess(const AlignOptions& options);

  /// What to fill for these items: all of their diagonals unless each of them may do with a guess.
  Part part_to_fill(std::span<const Item> group);

  /// Whether the best score that was found there is the item's best of all. Learns from it.
  bool confirms(const Item& item, const Part& filled, std::int64_t score);

 private:
  static constexpr std::int64_t parts = 64;
  static constexpr std::int64_t any_loss = std::int64_t{1} << 40;

  DiagonalBound bound_of(const Item& item) const { return {highest_, boundary_, ends_, item.rows, item.columns}; }
  Part guessed_part(const Item& item) const;
  std::int64_t expected_loss(std::int64_t letters) const;
  void note(std::int64_t loss, std::int64_t letters);
  void update(const Item& typical);

  int highest_;
  Boundary boundary_;
  EndCells ends_;
  std::int64_t unit_;                                         // of loss, per letter
  std::array<std::atomic<std::uint32_t>, parts + 1> seen_{};  // scores by what they lose, in parts of unit_
  std::atomic<std::uint64_t> total_{0};
  std::atomic<std::uint64_t> next_update_{128};
  std::atomic<std::int64_t> chosen_{parts};
};

}  // namespace anneal::align::cpu
