#include "align/cpu/least_score.h"

#include <algorithm>

namespace anneal::align::cpu {

void LeastScore::note(std::int64_t score, std::int64_t most) {
  const std::int64_t part = std::clamp<std::int64_t>(score * parts / std::max<std::int64_t>(most, 1), 0, parts);
  seen_[static_cast<std::size_t>(part)].fetch_add(1, std::memory_order_relaxed);
  const std::uint64_t total = total_.fetch_add(1, std::memory_order_relaxed) + 1;
  std::uint64_t due = next_choice_;
  if (total >= due && next_choice_.compare_exchange_strong(due, total + total / 2)) choose(total);
}

// The guess that costs least. Alignments of a part s of the most begin in (1 - s)^2 of the matrix; what they go on to
// is about a tenth. One of a lower part s is followed until what it has, and all that could come, is less than the
// guess g: for (1 - g) / (1 - s) of its length.
void LeastScore::choose(std::uint64_t total) {
  const auto cost_of = [](double part) { return std::min(1.0, (1.0 - part) * (1.0 - part) + 0.1); };
  double least = cost_of(0);
  std::int64_t best = 0;
  for (std::int64_t guess = 1; guess < parts; ++guess) {
    const double g = static_cast<double>(guess) / parts;
    double cost = cost_of(g);
    for (std::int64_t part = 0; part < guess && cost < least; ++part) {
      const double s = static_cast<double>(part) / parts;
      const double share = seen_[static_cast<std::size_t>(part)] / static_cast<double>(total);
      cost += share * cost_of(s * (1.0 - g) / (1.0 - s));
    }
    if (cost < least) {
      least = cost;
      best = guess;
    }
  }
  chosen_ = best;
}

}  // namespace anneal::align::cpu
