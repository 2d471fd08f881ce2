#include "search/top_hits.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace anneal::search {
namespace {

bool is_better_hit(const SearchHit& a, const SearchHit& b) {
  return std::tuple(-std::int64_t{a.score}, a.target) < std::tuple(-std::int64_t{b.score}, b.target);
}

void keep_better_strand(std::vector<SearchHit>& hits) {
  std::ranges::sort(hits, {},
                    [](const SearchHit& hit) { return std::tuple(hit.target, -std::int64_t{hit.score}, hit.reverse); });
  const auto same_target = [](const SearchHit& a, const SearchHit& b) { return a.target == b.target; };
  hits.erase(std::unique(hits.begin(), hits.end(), same_target), hits.end());
}

}  // namespace

void TopHits::add(std::uint64_t first_target, std::span<const StrandHits> strands) {
  std::vector<SearchHit> fresh;
  for (const StrandHits& strand : strands) {
    for (const Hit& hit : strand.hits) fresh.push_back({first_target + hit.target, hit.score, strand.reverse});
  }
  if (fresh.empty()) return;
  keep_better_strand(fresh);
  std::ranges::sort(fresh, is_better_hit);
  std::vector<SearchHit> merged;
  merged.reserve(hits_.size() + fresh.size());
  std::ranges::merge(hits_, fresh, std::back_inserter(merged), is_better_hit);
  hits_ = std::move(merged);
  if (hits_.size() > top_) hits_.resize(top_);
}

bool TopHits::restore(std::span<const SearchHit> hits, std::uint64_t targets) {
  const auto is_possible = [&](const SearchHit& hit) { return hit.score >= min_score_ && hit.target < targets; };
  const auto is_not_before = [](const SearchHit& a, const SearchHit& b) { return !is_better_hit(a, b); };
  if (hits.size() > top_ || !std::ranges::all_of(hits, is_possible) ||
      std::ranges::adjacent_find(hits, is_not_before) != hits.end()) {
    return false;
  }
  hits_.assign(hits.begin(), hits.end());
  return true;
}

}  // namespace anneal::search
