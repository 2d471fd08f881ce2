#include "map/diagonal.h"

#include "map/path.h"

namespace anneal::map {
namespace {

std::int32_t cheapest_gap(const MapScoring& scoring) { return scoring.gap.open + scoring.gap.extend; }

}  // namespace

std::optional<std::int32_t> diagonal_extension(std::string_view query, std::string_view target,
                                               const MapScoring& scoring, std::int32_t end_bonus, std::int32_t zdrop) {
  const std::int32_t limit = cheapest_gap(scoring);
  if (target.size() < query.size() || zdrop < 2 * limit) return std::nullopt;
  std::int32_t score = 0, best = 0, lost = 0;
  std::size_t best_length = 0;
  for (std::size_t k = 0; k < query.size(); ++k) {
    const std::int32_t step = column_score(query[k], target[k], scoring);
    score += step;
    lost += scoring.match - step;
    if (lost >= limit) return std::nullopt;
    if (score <= best) continue;
    best = score;
    best_length = k + 1;
  }
  return static_cast<std::int32_t>(score + end_bonus > best ? query.size() : best_length);
}

}  // namespace anneal::map
