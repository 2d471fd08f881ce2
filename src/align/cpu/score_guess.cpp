#include "align/cpu/score_guess.h"

#include <algorithm>

namespace anneal::align::cpu {

void ScoreGuess::note(std::int64_t loss, std::int64_t letters) {
  const std::int64_t whole = std::max<std::int64_t>(unit_ * letters, 1);
  const std::int64_t part = std::clamp<std::int64_t>((loss * parts + whole - 1) / whole, 0, parts);
  seen_[static_cast<std::size_t>(part)].fetch_add(1, std::memory_order_relaxed);
  total_.fetch_add(1, std::memory_order_relaxed);
}

void ScoreGuess::update(const DiagonalBound& bound, std::int64_t rows, std::int64_t columns) {
  std::uint64_t due = next_update_;
  const std::uint64_t total = total_;
  if (total < due || !next_update_.compare_exchange_strong(due, total + total / 2)) return;

  const auto cells = static_cast<double>(rows) * static_cast<double>(columns);
  const std::int64_t letters = std::min(rows, columns);
  std::int64_t best = parts;
  double least = 1.0;
  std::uint64_t within = 0;
  for (std::int64_t part = 0; part < parts; ++part) {
    within += seen_[static_cast<std::size_t>(part)];
    const Diagonals needed = bound.reaching(bound.best() - unit_ * letters * part / parts);
    // Those that lose more are computed twice.
    const double cost = static_cast<double>(needed.cells_of(rows, columns)) / cells +
                        static_cast<double>(total - std::min(total, within)) / static_cast<double>(total);
    if (cost < least) {
      least = cost;
      best = part;
    }
  }
  chosen_ = best;
}

}  // namespace anneal::align::cpu
