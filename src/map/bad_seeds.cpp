#include "map/bad_seeds.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace anneal::map {
namespace {

// What lies between two anchors, by the shorter and the longer side.
struct Step {
  Step(const Anchor& one, const Anchor& next) {
    const std::int32_t query = next.query_end - one.query_end, target = next.target_end - one.target_end;
    shorter = std::min(query, target);
    longer = std::max(query, target);
  }

  std::int32_t shorter, longer;
};

// Walks from an end of a chain inwards, and tells where what is good begins.
class EndWalk {
 public:
  EndWalk(std::int32_t span, std::int32_t band, std::int32_t min_match, std::int32_t covered)
      : band_(band), min_match_(min_match), half_(covered / 2), length_(span), matched_(span) {}

  bool is_bad_before(const Step& step) const { return step.longer - step.shorter > length_ / 2; }

  bool goes_on(const Step& step, std::int32_t span) {
    length_ += step.shorter;
    matched_ += std::min(step.shorter, span);
    return length_ < 2 * band_ && (matched_ < min_match_ || matched_ < band_) && matched_ < half_;
  }

 private:
  std::int32_t band_, min_match_, half_, length_, matched_;
};

// Anchors behind a gap longer than `shortest`.
std::vector<std::size_t> anchors_behind_gaps(std::span<const Anchor> chain, std::int32_t shortest) {
  std::vector<std::size_t> found;
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (std::abs(gap_between(chain[i - 1], chain[i])) > shortest) found.push_back(i);
  }
  return found;
}

bool is_within(const Anchor& from, const Anchor& to, std::int32_t longest) {
  return to.query_end - from.query_end <= longest && to.target_end - from.target_end <= longest;
}

void ignore(std::span<Anchor> chain, std::size_t begin, std::size_t end) {
  for (Anchor& anchor : chain.subspan(begin, end - begin)) anchor.is_ignored = true;
}

struct Detour {
  std::size_t last_gap = 0;
  std::int32_t cancelled = 0;  // letters
};

// The best that starts at gap `k` of those.
Detour find_detour(std::span<const Anchor> chain, std::span<const std::size_t> gaps, std::size_t k,
                   std::int32_t longest) {
  constexpr std::size_t most_gaps = 10;
  constexpr std::int32_t fewest_cancelled = 40;
  std::int32_t inserted = 0, deleted = 0;
  const auto count = [&](std::size_t at) {
    const std::int32_t gap = gap_between(chain[at - 1], chain[at]);
    (gap > 0 ? inserted : deleted) += std::abs(gap);
  };
  count(gaps[k]);
  Detour best{.last_gap = 0, .cancelled = fewest_cancelled};
  for (std::size_t next = k + 1; next < gaps.size() && next <= k + most_gaps; ++next) {
    if (!is_within(chain[gaps[k] - 1], chain[gaps[next]], longest)) break;
    count(gaps[next]);
    const std::int32_t cancelled = 2 * std::min(inserted, deleted);
    if (cancelled > best.cancelled) best = {.last_gap = next, .cancelled = cancelled};
  }
  return best;
}

}  // namespace

Stretch longest_ungapped(std::span<const Anchor> chain) {
  Stretch best{0, 0}, now{0, 1};
  std::int32_t best_covered = -1, covered = chain[0].span;
  const auto offer = [&] {
    if (covered <= best_covered) return;
    best_covered = covered;
    best = now;
  };
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (gap_between(chain[i - 1], chain[i]) == 0) {
      covered += std::min(chain[i].query_end - chain[i - 1].query_end, chain[i].span);
      ++now.count;
    } else {
      offer();
      now = {i, 1};
      covered = chain[i].span;
    }
  }
  offer();
  return best;
}

Stretch without_bad_ends(std::span<const Anchor> chain, std::int32_t band, std::int32_t min_match,
                         std::int32_t covered) {
  Stretch good{0, chain.size()};
  if (chain.size() < 3) return good;
  EndWalk forwards(chain.front().span, band, min_match, covered);
  for (std::size_t i = 1; i + 1 < chain.size(); ++i) {
    const Step step(chain[i - 1], chain[i]);
    if (forwards.is_bad_before(step)) good.first = i;
    if (!forwards.goes_on(step, chain[i].span)) break;
  }
  std::size_t end = chain.size();
  EndWalk backwards(chain.back().span, band, min_match, covered);
  for (std::size_t i = chain.size() - 1; i > good.first + 1; --i) {
    const Step step(chain[i - 1], chain[i]);
    if (backwards.is_bad_before(step)) end = i;
    if (!backwards.goes_on(step, chain[i].span)) break;
  }
  good.count = end - good.first;
  return good;
}

void ignore_detours(std::span<Anchor> chain, std::int32_t longest) {
  constexpr std::int32_t shortest_gap = 10;
  const std::vector<std::size_t> gaps = anchors_behind_gaps(chain, shortest_gap);
  if (gaps.size() < 2) return;
  std::size_t first = 0;
  Detour best;
  for (std::size_t k = 0; k <= gaps.size(); ++k) {
    if (k == gaps.size() || k >= best.last_gap) {
      if (best.last_gap > 0) ignore(chain, gaps[first], gaps[best.last_gap]);
      best = {};
    }
    if (k == gaps.size()) break;
    const Detour found = find_detour(chain, gaps, k, longest);
    if (found.last_gap == 0 || found.cancelled <= best.cancelled) continue;
    best = found;
    first = k;
  }
}

void join_over_gaps(std::span<Anchor> chain, std::int32_t longest) {
  constexpr std::int32_t shortest_gap = 30;
  const std::vector<std::size_t> gaps = anchors_behind_gaps(chain, shortest_gap);
  if (gaps.size() < 2) return;
  for (std::size_t k = 0; k < gaps.size();) {
    std::size_t next = k + 1;
    for (; next < gaps.size(); ++next) {
      const Anchor &behind = chain[gaps[next - 1]], &before = chain[gaps[next] - 1];
      if (!is_within(behind, chain[gaps[next]], longest)) break;
      const std::int32_t between = std::min(before.query_end - behind.query_end, before.target_end - behind.target_end);
      const std::int32_t both =
          std::abs(gap_between(chain[gaps[next - 1] - 1], behind)) + std::abs(gap_between(before, chain[gaps[next]]));
      if (between + before.span > both) break;
    }
    if (next > k + 1) {
      ignore(chain, gaps[k], gaps[next - 1]);
      chain[gaps[next - 1]].joins_far = true;
    }
    k = next;
  }
}

}  // namespace anneal::map
