// How much of their matrices the pairs of a batch need, guessed from the scores seen so far.
//
// A kernel that fills only the diagonals which an alignment of the guessed score can touch finds that score, or a
// higher one, exactly, ties included. Pairs that turn out to score less are computed again in full.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "align/diagonal_bound.h"

namespace anneal::align::cpu {

/// Used by several threads at once.
class ScoreGuess {
 public:
  explicit ScoreGuess(const AlignOptions& options)
      : unit_(std::max(options.matrix.highest(), 0) + std::int64_t{options.gap_extend}) {}

  /// Says what a pair's score is short of the best possible one, given the letters of its shorter side.
  void note(std::int64_t loss, std::int64_t letters);

  /// Looks for the loss to expect, if enough was noted since; a pair like this one stands for all.
  void update(const DiagonalBound& bound, std::int64_t rows, std::int64_t columns);

  /// The loss to expect; any, where no guess would save work.
  std::int64_t loss(std::int64_t letters) const {
    const std::int64_t part = chosen_.load(std::memory_order_relaxed);
    return part == parts ? any_loss : unit_ * letters * part / parts;
  }
  static constexpr std::int64_t any_loss = std::int64_t{1} << 40;

 private:
  static constexpr std::int64_t parts = 64;

  std::int64_t unit_;                                         // per letter
  std::array<std::atomic<std::uint32_t>, parts + 1> seen_{};  // scores by loss, in parts of unit_
  std::atomic<std::uint64_t> total_{0};
  std::atomic<std::uint64_t> next_update_{128};
  std::atomic<std::int64_t> chosen_{parts};
};

}  // namespace anneal::align::cpu
