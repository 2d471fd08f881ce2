#include "align/cpu/score_guess.h"

#include <algorithm>

namespace anneal::align::cpu {

ScoreGuess::ScoreGuess(const AlignOptions& options, std::int64_t tile_columns)
    : highest_(std::max(options.matrix.highest(), 0)), least_(options.min_score), boundary_(boundary_of(options)),
      ends_(end_cells_of(options)), unit_(highest_ + options.gap_extend), tile_columns_(tile_columns) {}

Part ScoreGuess::part_to_fill(std::span<const Item> group) {
  update(hull_of(group));
  Part part = part_of(group.front());
  for (const Item& item : group.subspan(1)) part.include(part_of(item));
  return part;
}

Part ScoreGuess::part_of(const Item& item) const {
  if (!item.guess && !item.reached) return {item.diagonals};
  const std::int64_t score = std::max<std::int64_t>(item.guess ? expected_score(item) : *item.reached, least_);
  Part part{.diagonals = bound_of(item).reaching(score)};
  if (boundary_.local) {
    if (score > 0 && highest_ > 0) {
      part.letters = (score + highest_ - 1) / highest_;
      part.loss = {.match = highest_,
                   .in_rows = std::int64_t{highest_} * item.rows - score,
                   .in_columns = std::int64_t{highest_} * item.columns - score};
    }
    const std::int64_t tail = chosen_tail_.load(std::memory_order_relaxed);
    if (item.guess) part.first_exact_row = std::max<std::int64_t>(1, item.rows - tail);
  }
  return part;
}

std::int64_t ScoreGuess::expected_score(const Item& item) const {
  return bound_of(item).best() - expected_loss(std::min(item.rows, item.columns));
}

bool ScoreGuess::confirms(const Item& item, const Part& filled, const Found& found) {
  if (!item.guess) return true;
  const DiagonalBound bound = bound_of(item);
  const std::int64_t score = found.end.score;
  const std::int64_t at_least = std::max(score, least_);
  if (is_noted(item.pair)) note(bound.best() - score, std::min(item.rows, item.columns), item.rows - found.end.i);
  const bool has_letters = filled.letters == 1 || at_least > (filled.letters - 1) * highest_;
  const bool saw_ends = found.score_before <= 0 || found.score_before < at_least;
  const bool saw_all_cells = filled.diagonals.lowest <= -item.rows && filled.diagonals.highest >= item.columns;
  const bool lost_little = at_least >= filled.loss.least_score(item.rows, item.columns);
  return has_letters && lost_little && saw_ends && (saw_all_cells || at_least > bound.best_outside(filled.diagonals));
}

// Any, where no guess would save work.
std::int64_t ScoreGuess::expected_loss(std::int64_t letters) const {
  const std::int64_t part = chosen_.load(std::memory_order_relaxed);
  return part == parts ? any_loss : unit_ * letters * part / parts;
}

// Noting takes time, and more where other threads note too; a part of many pairs says enough.
bool ScoreGuess::is_noted(std::size_t pair) const { return pair % noted_one_in_.load(std::memory_order_relaxed) == 0; }

void ScoreGuess::note(std::int64_t loss, std::int64_t letters, std::int64_t tail) {
  const std::int64_t whole = std::max<std::int64_t>(unit_ * letters, 1);
  const std::int64_t part = std::clamp<std::int64_t>((loss * parts + whole - 1) / whole, 0, parts);
  seen_[static_cast<std::size_t>(part)].fetch_add(1, std::memory_order_relaxed);
  tails_[static_cast<std::size_t>(std::clamp<std::int64_t>(tail, 0, longest_tail))].fetch_add(
      1, std::memory_order_relaxed);
  total_.fetch_add(1, std::memory_order_relaxed);
}

// If enough was noted since the last time.
void ScoreGuess::update(const Item& typical) {
  std::uint64_t due = next_update_;
  const std::uint64_t total = total_;
  if (total < due || !next_update_.compare_exchange_strong(due, total + total / 2)) return;
  noted_one_in_ = total < 1024 ? 1 : total < 16384 ? 8 : 64;
  update_parts(typical, total);
  if (boundary_.local) update_tail(total);
}

// Chooses what costs least; an item like this one stands for all.
void ScoreGuess::update_parts(const Item& typical, std::uint64_t total) {
  const DiagonalBound bound = bound_of(typical);
  const auto cells = static_cast<double>(typical.rows) * static_cast<double>(typical.columns);
  const std::int64_t letters = std::min(typical.rows, typical.columns);
  std::int64_t best = parts;
  double least = 1.0;
  std::uint64_t within = 0;
  for (std::int64_t part = 0; part < parts; ++part) {
    within += seen_[static_cast<std::size_t>(part)];
    const Diagonals needed = bound.reaching(bound.best() - unit_ * letters * part / parts);
    // Those that lose more are computed twice, and nearly in full where they share a vector with worse ones.
    const double cost = static_cast<double>(needed.cells_of(typical.rows, typical.columns)) / cells +
                        static_cast<double>(total - std::min(total, within)) / static_cast<double>(total);
    if (cost < least) {
      least = cost;
      best = part;
    }
  }
  chosen_ = best;
}

// As few letters as nearly all alignments leave after their end, and some more: what an alignment scores before them
// must be visibly less than all of its score.
void ScoreGuess::update_tail(std::uint64_t total) {
  constexpr std::uint64_t one_in = 100;
  std::uint64_t longer = total;
  std::int64_t tail = 0;
  for (; tail < longest_tail; ++tail) {
    longer -= std::min<std::uint64_t>(longer, tails_[static_cast<std::size_t>(tail)]);
    if (longer * one_in <= total) break;
  }
  const std::int64_t margin = tile_columns_ * boundary_.gap_extend / std::max(highest_, 1) + 1;
  chosen_tail_ = tail == longest_tail ? any_loss : tail + margin;
}

}  // namespace anneal::align::cpu
