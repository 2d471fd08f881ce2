#include "map/diagonal.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "map/path.h"

namespace anneal::map {
namespace {

std::int32_t gap_cost(const MapScoring& scoring, std::int32_t length) {
  return std::min(scoring.gap.open + scoring.gap.extend * length,
                  scoring.second_gap.open + scoring.second_gap.extend * length);
}

// The diagonal from the begin of both to the end of the query.
class Diagonal {
 public:
  Diagonal(std::string_view query, std::string_view target, const MapScoring& scoring)
      : query_(query), target_(target), scoring_(scoring) {}

  // False where as much is lost as two gaps cost.
  bool measure() {
    const std::int32_t limit = 2 * gap_cost(scoring_, 1);
    for (std::size_t k = 0; k < query_.size(); ++k) {
      const std::int32_t step = column_score(query_[k], target_[k], scoring_);
      lost_ += scoring_.match - step;
      if (lost_ >= limit) return false;
      score_ += step;
      if (score_ <= best_) continue;
      best_ = score_;
      best_length_ = k + 1;
    }
    return true;
  }

  // Paths with a gap too long to be worth it need no look.
  bool has_rival() {
    if (gap_cost(scoring_, 1) > lost_) return false;
    add_up();
    for (std::int32_t gap = 1; gap_cost(scoring_, gap) <= lost_; ++gap) {
      if (has_rival_with(0, gap)) return true;
      if (has_rival_with(gap, 0)) return true;
    }
    return false;
  }

  std::int32_t length(std::int32_t end_bonus) const {
    return static_cast<std::int32_t>(score_ + end_bonus > best_ ? query_.size() : best_length_);
  }

 private:
  void add_up() {
    before_.reserve(query_.size() + 1);
    before_.push_back(0);
    for (std::size_t k = 0; k < query_.size(); ++k) {
      before_.push_back(before_.back() + column_score(query_[k], target_[k], scoring_));
    }
  }

  // Of the paths that skip so many letters of either side, wherever it is.
  bool has_rival_with(std::int32_t insertion, std::int32_t deletion) const {
    const auto skipped = static_cast<std::size_t>(insertion), missing = static_cast<std::size_t>(deletion);
    if (query_.size() < skipped) return false;
    const std::int32_t cost = gap_cost(scoring_, insertion + deletion);
    std::int32_t to_end = 0, to_best = 0;  // scores of what follows the gap
    for (std::size_t k = query_.size() - skipped + 1; k-- > 0;) {
      if (k + skipped < query_.size()) {
        if (k + missing >= target_.size()) {
          to_end = unreachable;
        } else {
          const std::int32_t step = column_score(query_[k + skipped], target_[k + missing], scoring_);
          to_end = std::max(to_end + step, unreachable);
          to_best = std::max(to_best + step, 0);
        }
      }
      if (before_[k] + to_end - cost >= score_ || before_[k] + to_best - cost >= best_) return true;
    }
    return false;
  }

  static constexpr std::int32_t unreachable = std::numeric_limits<std::int32_t>::min() / 2;

  std::string_view query_, target_;
  const MapScoring& scoring_;
  std::int32_t lost_ = 0, score_ = 0, best_ = 0;
  std::size_t best_length_ = 0;
  std::vector<std::int32_t> before_;  // scores of the first k columns
};

}  // namespace

std::optional<std::int32_t> diagonal_extension(std::string_view query, std::string_view target,
                                               const MapScoring& scoring, std::int32_t end_bonus, std::int32_t zdrop) {
  if (target.size() < query.size() || zdrop < 4 * gap_cost(scoring, 1)) return std::nullopt;
  Diagonal diagonal(query, target, scoring);
  if (!diagonal.measure() || diagonal.has_rival()) return std::nullopt;
  return diagonal.length(end_bonus);
}

}  // namespace anneal::map
