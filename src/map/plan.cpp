#include "map/plan.h"

#include <algorithm>

#include "map/bad_seeds.h"

namespace anneal::map {
namespace {

// Letters of the target that so many of the query can reach with gaps that pay off.
std::int32_t reach(std::int32_t letters, const PlanLimits& limits, std::int32_t bonus) {
  const std::int64_t gain = std::int64_t{letters} * limits.match + bonus - limits.gap_open;
  return letters + (gain > 0 ? static_cast<std::int32_t>(gain / limits.gap_extend) : 0);
}

Plan plan_short(const Chain& chain, const PlanLimits& limits) {
  const std::span<const Anchor> own = chain.own();
  Plan plan{.left = {}, .fills = {}, .right = {}, .used = longest_ungapped(own)};
  const Anchor &first = own[plan.used.first], &last = own[plan.used.last()];
  const Box middle{first.query_begin(), last.query_end, first.target_begin(), last.target_end};
  plan.fills.push_back({middle, plan.used.last()});
  const std::int32_t before = reach(middle.query_begin, limits, limits.end_bonus);
  plan.left = {0, middle.query_begin, std::max(middle.target_begin - before, 0), middle.target_begin};
  const std::int32_t behind = reach(chain.query_length - middle.query_end, limits, limits.end_bonus);
  plan.right = {middle.query_end, chain.query_length, middle.target_end,
                std::min(middle.target_end + behind, chain.target_length)};
  return plan;
}

class LongPlanner {
 public:
  LongPlanner(const Chain& chain, const PlanLimits& limits)
      : chain_(chain), limits_(limits), own_(chain.own().begin(), chain.own().end()) {}

  Plan plan() {
    plan_.used = without_bad_ends(chain_.own(), limits_.band, 2 * limits_.min_chain_score, chain_.covered);
    const std::span<Anchor> used = std::span(own_).subspan(plan_.used.first, plan_.used.count);
    ignore_detours(used, limits_.longest_gap / 2);
    join_over_gaps(used, limits_.longest_gap / 2);
    plan_left(used.front());
    plan_fills(used);
    plan_right(used.back());
    return std::move(plan_);
  }

 private:
  // Inside an anchor, so that what is aligned begins and ends with equal letters.
  std::int32_t query_middle(const Anchor& anchor) const { return anchor.query_end - 1 - limits_.seed / 2; }
  std::int32_t target_middle(const Anchor& anchor) const { return anchor.target_end - 1 - limits_.seed / 2; }

  void plan_fills(std::span<const Anchor> used) {
    std::int32_t query = query_middle(used.front()), target = target_middle(used.front());
    for (std::size_t i = 1; i < used.size(); ++i) {
      const Anchor& anchor = used[i];
      const bool is_last = i + 1 == used.size();
      if ((anchor.is_ignored || anchor.is_tandem) && !is_last) continue;
      const Box box{query, query_middle(anchor), target, target_middle(anchor)};
      const bool is_long = box.query_length() >= limits_.min_fill && box.target_length() >= limits_.min_fill;
      if (!is_last && !anchor.joins_far && !is_long) continue;
      plan_.fills.push_back({box, plan_.used.first + i});
      query = box.query_end;
      target = box.target_end;
    }
  }

  // Not far into where other chains begin, which are beyond some anchors of theirs.
  void plan_left(const Anchor& first) {
    const std::int32_t query_end = query_middle(first), target_end = target_middle(first);
    plan_.left = {query_end, query_end, target_end, target_end};
    if (query_end <= 0 || target_end <= 0) return;
    const Anchor& own = chain_.own().front();
    std::int32_t query_limit = 0, target_limit = 0, passed = 0;
    for (std::size_t i = chain_.part.first; i > 0 && chain_.anchors[i - 1].place == own.place; --i) {
      const Anchor& other = chain_.anchors[i - 1];
      if (other.target_begin() >= own.target_begin() || other.query_begin() >= own.query_begin()) continue;
      if (++passed <= limits_.min_anchors) continue;
      const std::int32_t distance =
          std::max(own.target_begin() - other.target_begin(), own.query_begin() - other.query_begin());
      query_limit = own.query_begin() - distance;
      target_limit = std::max(own.target_begin() - distance, 0);
      break;
    }
    const std::int32_t letters = std::min(query_end, limits_.longest_gap);
    const std::int32_t columns = std::min({reach(letters, limits_, 0), limits_.longest_gap, target_end});
    plan_.left.query_begin = std::min(own.query_begin(), std::max(query_limit, query_end - letters));
    plan_.left.target_begin = std::min({own.target_begin(), std::max(target_limit, target_end - columns), target_end});
    plan_.left.target_begin = std::max(plan_.left.target_begin, 0);
  }

  void plan_right(const Anchor& last) {
    const std::int32_t query_begin = query_middle(last), target_begin = target_middle(last);
    plan_.right = {query_begin, query_begin, target_begin, target_begin};
    if (query_begin >= chain_.query_length || target_begin >= chain_.target_length) return;
    const Anchor& own = chain_.own().back();
    std::int32_t query_limit = chain_.query_length, target_limit = chain_.target_length, passed = 0;
    for (std::size_t i = chain_.part.last() + 1; i < chain_.anchors.size() && chain_.anchors[i].place == own.place;
         ++i) {
      const Anchor& other = chain_.anchors[i];
      if (other.target_end <= own.target_end || other.query_end <= own.query_end) continue;
      if (++passed <= limits_.min_anchors) continue;
      const std::int32_t distance = std::max(other.target_end - own.target_end, other.query_end - own.query_end);
      query_limit = own.query_end + distance;
      target_limit = own.target_end + distance;
      break;
    }
    const std::int32_t letters = std::min(chain_.query_length - query_begin, limits_.longest_gap);
    const std::int32_t columns =
        std::min({reach(letters, limits_, 0), limits_.longest_gap, chain_.target_length - target_begin});
    plan_.right.query_end = std::max(own.query_end, std::min(query_limit, query_begin + letters));
    plan_.right.target_end = std::max(own.target_end, std::min(target_limit, target_begin + columns));
  }

  const Chain& chain_;
  const PlanLimits& limits_;
  std::vector<Anchor> own_;
  Plan plan_;
};

}  // namespace

Plan plan_alignment(const Chain& chain, const PlanLimits& limits) {
  return limits.is_short ? plan_short(chain, limits) : LongPlanner(chain, limits).plan();
}

}  // namespace anneal::map
