// How much of their matrices the pairs of a batch need, guessed from the scores seen so far.
//
// A kernel that fills only the diagonals which an alignment of the guessed score can touch finds that score, or a
// higher one, exactly, ties included. Pairs that turn out to score less are computed again, and what they scored is
// then no guess.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include "align/best_end.h"
#include "align/cpu/plan.h"
#include "align/diagonal_bound.h"

namespace anneal::align::cpu {

/// What to fill of the matrices of a group.
struct Part {
  Diagonals diagonals;
  std::int64_t letters = 1;          ///< every alignment that matters has so many of either side
  std::int64_t first_exact_row = 1;  ///< none that matters ends before it
  LocalLoss loss = {};               ///< of those that matter

  void include(const Part& other) {
    diagonals.include(other.diagonals);
    letters = std::min(letters, other.letters);
    first_exact_row = std::min(first_exact_row, other.first_exact_row);
    loss.include(other.loss);
  }
  LocalZone zone() const {
    return {.last_begin_row = loss.last_begin_row(),
            .last_begin_column = loss.last_begin_column(),
            .first_end_row = letters,
            .first_end_column = letters,
            .first_exact_row = first_exact_row};
  }
};

/// The best that was found in a part.
struct Found {
  BestEnd end;
  std::int64_t score_before = 0;  ///< no alignment that ends before the part's first exact row scores more
  bool exact = true;              ///< whether there is an alignment of that score
};

/// Used by several threads at once.
class ScoreGuess {
 public:
  /// For kernels whose tiles have up to `tile_columns`.
  ScoreGuess(const AlignOptions& options, std::int64_t tile_columns);

  /// What to fill for these items: what the guess, or the score that is known to be reached, needs.
  Part part_to_fill(std::span<const Item> group);

  /// Whether the best alignment that was found there is the item's best of all, or none reaches the score that matters.
  /// Learns from it.
  bool confirms(const Item& item, const Part& filled, const Found& found);

  /// A score that most pairs like this one reach; far below 0 where nothing is known.
  std::int64_t expected_score(const Item& item) const;

 private:
  static constexpr std::int64_t parts = 64;
  static constexpr std::int64_t any_loss = std::int64_t{1} << 40;
  static constexpr std::int64_t longest_tail = 63;

  DiagonalBound bound_of(const Item& item) const { return {highest_, boundary_, ends_, item.rows, item.columns}; }
  Part part_of(const Item& item) const;
  std::int64_t expected_loss(std::int64_t letters) const;
  bool is_noted(std::size_t pair) const;
  void note(std::int64_t loss, std::int64_t letters, std::int64_t tail);
  void update(const Item& typical);
  void update_parts(const Item& typical, std::uint64_t total);
  void update_tail(std::uint64_t total);

  int highest_;
  std::int64_t least_;  // score that matters
  Boundary boundary_;
  EndCells ends_;
  std::int64_t unit_;  // of loss, per letter
  std::int64_t tile_columns_;
  // Read for every pair, and seldom written: not beside what is.
  alignas(64) std::atomic<std::int64_t> chosen_{parts};
  std::atomic<std::int64_t> chosen_tail_{any_loss};
  std::atomic<std::uint64_t> noted_one_in_{1};
  alignas(64) std::array<std::atomic<std::uint32_t>, parts + 1> seen_{};  // scores by what they lose, in parts of unit_
  std::array<std::atomic<std::uint32_t>, longest_tail + 1> tails_{};      // by the query letters after the end
  std::atomic<std::uint64_t> total_{0};
  std::atomic<std::uint64_t> next_update_{128};
};

}  // namespace anneal::align::cpu
