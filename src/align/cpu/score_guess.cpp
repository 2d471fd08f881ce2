#include "align/cpu/score_guess.h"

#include <algorithm>

namespace anneal::align::cpu {

ScoreGuess::ScoreGuess(const AlignOptions& options)
    : highest_(std::max(options.matrix.highest(), 0)), boundary_(boundary_of(options)), ends_(end_cells_of(options)),
      unit_(highest_ + options.gap_extend) {}

Part ScoreGuess::part_to_fill(std::span<const Item> group) {
  const Item hull = hull_of(group);
  if (!std::ranges::all_of(group, &Item::guess)) return {hull.diagonals};
  update(hull);
  Part part = guessed_part(group.front());
  for (const Item& item : group.subspan(1)) part.include(guessed_part(item));
  return part;
}

Part ScoreGuess::guessed_part(const Item& item) const {
  const DiagonalBound bound = bound_of(item);
  const std::int64_t score = bound.best() - expected_loss(std::min(item.rows, item.columns));
  const bool has_letters = boundary_.local && score > 0 && highest_ > 0;
  return {bound.reaching(score), has_letters ? (score + highest_ - 1) / highest_ : 1};
}

bool ScoreGuess::confirms(const Item& item, const Part& filled, std::int64_t score) {
  if (!item.guess) return true;
  const DiagonalBound bound = bound_of(item);
  note(bound.best() - score, std::min(item.rows, item.columns));
  const bool saw_all_ends = filled.letters_to_end == 1 || score > (filled.letters_to_end - 1) * highest_;
  const bool saw_all_cells = filled.diagonals.lowest <= -item.rows && filled.diagonals.highest >= item.columns;
  return saw_all_ends && (saw_all_cells || score > bound.best_outside(filled.diagonals));
}

// Any, where no guess would save work.
std::int64_t ScoreGuess::expected_loss(std::int64_t letters) const {
  const std::int64_t part = chosen_.load(std::memory_order_relaxed);
  return part == parts ? any_loss : unit_ * letters * part / parts;
}

void ScoreGuess::note(std::int64_t loss, std::int64_t letters) {
  const std::int64_t whole = std::max<std::int64_t>(unit_ * letters, 1);
  const std::int64_t part = std::clamp<std::int64_t>((loss * parts + whole - 1) / whole, 0, parts);
  seen_[static_cast<std::size_t>(part)].fetch_add(1, std::memory_order_relaxed);
  total_.fetch_add(1, std::memory_order_relaxed);
}

// Chooses what costs least, if enough was noted since the last time; an item like this one stands for all.
void ScoreGuess::update(const Item& typical) {
  std::uint64_t due = next_update_;
  const std::uint64_t total = total_;
  if (total < due || !next_update_.compare_exchange_strong(due, total + total / 2)) return;

  const DiagonalBound bound = bound_of(typical);
  const auto cells = static_cast<double>(typical.rows) * static_cast<double>(typical.columns);
  const std::int64_t letters = std::min(typical.rows, typical.columns);
  std::int64_t best = parts;
  double least = 1.0;
  std::uint64_t within = 0;
  for (std::int64_t part = 0; part < parts; ++part) {
    within += seen_[static_cast<std::size_t>(part)];
    const Diagonals needed = bound.reaching(bound.best() - unit_ * letters * part / parts);
    // Those that lose more are computed twice.
    const double cost = static_cast<double>(needed.cells_of(typical.rows, typical.columns)) / cells +
                        static_cast<double>(total - std::min(total, within)) / static_cast<double>(total);
    if (cost < least) {
      least = cost;
      best = part;
    }
  }
  chosen_ = best;
}

}  // namespace anneal::align::cpu
