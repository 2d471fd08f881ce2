#include "map/simple_path.h"

#include <algorithm>
#include <cstdlib>

namespace anneal::map {
namespace {

std::int64_t gap_cost(const MapScoring& scoring, std::int64_t length) {
  if (length == 0) return 0;
  return std::min(scoring.gap.open + scoring.gap.extend * length,
                  scoring.second_gap.open + scoring.second_gap.extend * length);
}

// What all paths have that go from corner to corner.
struct Shape {
  std::int64_t columns;  // of letters on both sides, at most
  std::int64_t gap;      // letters that one side has more

  // Most that a path scores that strays by so many diagonals.
  std::int64_t bound(std::int64_t stray, const MapScoring& scoring) const {
    return scoring.match * (columns - stray) - gap_cost(scoring, stray) - gap_cost(scoring, gap + stray);
  }
  // Most that one scores that has more gaps than it needs.
  std::int64_t bound_of_others(const MapScoring& scoring) const {
    const std::int64_t both_sides = bound(1, scoring);
    if (gap < 2) return both_sides;
    return std::max(both_sides, scoring.match * columns - gap_cost(scoring, 1) - gap_cost(scoring, gap - 1));
  }
};

// The diagonal from corner to corner, and the paths that leave it.
class SquareDiagonal {
 public:
  SquareDiagonal(std::string_view query, std::string_view target, std::int64_t score, const MapScoring& scoring)
      : query_(query), target_(target), score_(score), scoring_(scoring) {}

  bool is_best() const {
    const auto columns = static_cast<std::int64_t>(query_.size());
    // With three gaps or more: two letters or more are left out on each side, in two gaps on one of them at least.
    const std::int64_t many_gaps = scoring_.match * (columns - 2) - 2 * gap_cost(scoring_, 1) - gap_cost(scoring_, 2);
    if (score_ <= many_gaps) return false;
    for (std::int64_t gap = 1; gap <= columns && bound(gap) >= score_; ++gap) {
      const auto length = static_cast<std::size_t>(gap);
      if (best_with(query_, target_, length) >= score_ || best_with(target_, query_, length) >= score_) return false;
    }
    return true;
  }

 private:
  // Most with two gaps of such a length.
  std::int64_t bound(std::int64_t gap) const {
    return scoring_.match * (static_cast<std::int64_t>(query_.size()) - gap) - 2 * gap_cost(scoring_, gap);
  }

  // Of the paths that leave out so many letters of `early`, and behind them as many of `late`.
  std::int64_t best_with(std::string_view early, std::string_view late, std::size_t gap) const {
    std::int64_t before = 0, behind = score_;  // on the diagonal, up to the first gap, and from the second one on
    for (std::size_t k = 0; k < gap; ++k) behind -= column_score(early[k], late[k], scoring_);
    std::int64_t best_before = 0, best = behind;  // up to the second gap, and of all
    for (std::size_t k = 0; k + gap < early.size(); ++k) {
      before += column_score(early[k], late[k], scoring_);
      best_before = std::max(best_before + column_score(early[k + gap], late[k], scoring_), before);
      behind -= column_score(early[k + gap], late[k + gap], scoring_);
      best = std::max(best, best_before + behind);
    }
    return best - 2 * gap_cost(scoring_, static_cast<std::int64_t>(gap));
  }

  std::string_view query_, target_;
  std::int64_t score_;
  const MapScoring& scoring_;
};

Shape shape_of(std::size_t query_length, std::size_t target_length) {
  const auto [shorter, longer] = std::minmax(query_length, target_length);
  return {static_cast<std::int64_t>(shorter), static_cast<std::int64_t>(longer - shorter)};
}

}  // namespace

SimplePath find_simple_path(std::string_view query, std::string_view target, const MapScoring& scoring) {
  const std::size_t columns = std::min(query.size(), target.size());
  const std::string_view query_end = query.substr(query.size() - columns);
  const std::string_view target_end = target.substr(target.size() - columns);
  std::int64_t score = 0;  // with the gap before all columns, then behind each of them
  for (std::size_t k = 0; k < columns; ++k) score += column_score(query_end[k], target_end[k], scoring);
  std::int64_t best = score;
  std::size_t best_at = 0;
  if (query.size() != target.size()) {
    for (std::size_t k = 0; k < columns; ++k) {
      score += column_score(query[k], target[k], scoring) - column_score(query_end[k], target_end[k], scoring);
      if (score <= best) continue;
      best = score;
      best_at = k + 1;
    }
  }
  const Shape shape = shape_of(query.size(), target.size());
  best -= gap_cost(scoring, shape.gap);
  const bool is_best = best > shape.bound_of_others(scoring) ||
                       (shape.gap == 0 && SquareDiagonal(query, target, best, scoring).is_best());
  return {.score = static_cast<std::int32_t>(best),
          .gap_at = static_cast<std::int32_t>(best_at),
          .is_best = is_best,
          .stray = stray_of(query.size(), target.size(), best, scoring)};
}

std::int32_t stray_of(std::size_t query_length, std::size_t target_length, std::int64_t score,
                      const MapScoring& scoring) {
  const Shape shape = shape_of(query_length, target_length);
  std::int64_t stray = 0;
  while (stray < shape.columns && shape.bound(stray + 1, scoring) >= score) ++stray;
  return static_cast<std::int32_t>(stray);
}

void append_simple_path(Path& path, const SimplePath& simple, std::size_t query_length, std::size_t target_length) {
  const std::size_t columns = std::min(query_length, target_length);
  const auto before = static_cast<std::uint32_t>(simple.gap_at);
  append_run(path, CigarOp::match, before);
  append_run(path, CigarOp::insertion, static_cast<std::uint32_t>(query_length - columns));
  append_run(path, CigarOp::deletion, static_cast<std::uint32_t>(target_length - columns));
  append_run(path, CigarOp::match, static_cast<std::uint32_t>(columns) - before);
}

}  // namespace anneal::map
