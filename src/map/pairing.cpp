#include "map/pairing.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace anneal::map {

std::int32_t best_score(std::span<const MatePlace> places) {
  std::int32_t best = 0;
  for (const MatePlace& place : places) best = std::max(best, place.score);
  return best;
}

std::optional<std::int32_t> proper_size(const MatePlace& one, const MatePlace& other, const InsertSizes& sizes) {
  if (one.target != other.target || one.faces_right == other.faces_right) return std::nullopt;
  const std::int32_t size = one.faces_right ? other.outer_end - one.outer_end : one.outer_end - other.outer_end;
  if (size < sizes.min || size > sizes.max) return std::nullopt;
  return size;
}

std::int32_t size_penalty(std::int32_t size, const InsertSizes& sizes, const PairScoring& scoring) {
  const double off = std::abs(size - sizes.mean) / sizes.deviation;
  const double log4 = std::log(std::erfc(off / std::numbers::sqrt2)) / std::log(4.0);  // -infinity far off
  return static_cast<std::int32_t>(std::min(-scoring.match * log4 + 0.5, static_cast<double>(scoring.unpaired)));
}

double quality_of(std::int32_t difference, const PairScoring& scoring) {
  constexpr double per_column = 24.8;
  return per_column * difference / (scoring.match + scoring.mismatch);
}

int PairChoice::quality(const PairScoring& scoring) const {
  const double quality = quality_of(score - second_score, scoring) - 10 * std::log10(1 + alternatives);
  return static_cast<int>(std::clamp(quality + 0.5, 0.0, 60.0));
}

int PairChoice::limit(std::size_t mate, const PairScoring& scoring) const {
  return static_cast<int>(std::clamp(quality_of(score - rivals[mate], scoring) + 0.5, 0.0, 60.0));
}

std::int32_t unpaired_score(std::span<const MatePlace> first, std::span<const MatePlace> second,
                            const PairScoring& scoring) {
  return best_score(first) + best_score(second) - scoring.unpaired;
}

std::optional<PairChoice> choose_pair(std::span<const MatePlace> first, std::span<const MatePlace> second,
                                      const InsertSizes& sizes, const PairScoring& scoring) {
  struct Found {
    std::int32_t score;
    std::uint64_t tie;
    std::array<std::size_t, 2> places;
  };
  const std::int32_t least = unpaired_score(first, second, scoring);
  std::vector<Found> found;
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (std::size_t k = 0; k < second.size(); ++k) {
      const std::int32_t sum = first[i].score + second[k].score;
      if (sum < least) continue;
      const auto size = proper_size(first[i], second[k], sizes);
      if (!size) continue;
      const std::int32_t score = sum - size_penalty(*size, sizes, scoring);
      if (score >= least) found.push_back({score, std::uint64_t{first[i].tie} + second[k].tie, {i, k}});
    }
  }
  if (found.empty()) return std::nullopt;
  const auto best = std::ranges::max_element(
      found, [](const Found& a, const Found& b) { return std::pair(a.score, a.tie) < std::pair(b.score, b.tie); });
  PairChoice choice{.places = best->places, .score = best->score, .second_score = least};
  for (const Found& other : found) {
    if (&other == &*best) continue;
    choice.second_score = std::max(choice.second_score, other.score);
    for (std::size_t mate = 0; mate < 2; ++mate) {
      if (other.places[mate] != best->places[mate]) choice.rivals[mate] = std::max(choice.rivals[mate], other.score);
    }
    choice.alternatives += other.score + scoring.near >= best->score ? 1 : 0;
  }
  return choice;
}

}  // namespace anneal::map
