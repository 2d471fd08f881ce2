// What tests of the search share: plain Smith-Waterman, and random sequences of codes.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "search/cuda/scoring.h"
#include "search/engine.h"
#include "support/random.h"

namespace anneal::search::cuda {

/// The score alone, in 64 bits.
inline std::int64_t plain_score(const SearchScoring& scoring, std::string_view query, std::string_view target) {
  constexpr std::int64_t none = -(std::int64_t{1} << 40);
  std::vector<std::int64_t> h(query.size(), 0), e(query.size(), none);
  std::int64_t best = 0;
  for (const char letter : target) {
    std::int64_t diagonal = 0, above = 0, f = none;
    for (std::size_t row = 0; row < query.size(); ++row) {
      e[row] = std::max(e[row], h[row] - scoring.gap_open) - scoring.gap_extend;
      f = std::max(f, above - scoring.gap_open) - scoring.gap_extend;
      const std::int64_t pair = scoring.matrix.score(query[row], letter);
      const std::int64_t score = std::max({std::int64_t{0}, diagonal + pair, e[row], f});
      diagonal = h[row];
      h[row] = above = score;
      best = std::max(best, score);
    }
  }
  return best;
}

inline std::vector<Hit> plain_hits(const SearchScoring& scoring, std::string_view query,
                                   const std::vector<std::string>& targets, std::int32_t least, std::size_t top) {
  std::vector<Hit> hits;
  for (std::size_t target = 0; target < targets.size(); ++target) {
    const std::int64_t score = plain_score(scoring, query, targets[target]);
    if (score >= least) hits.push_back({static_cast<std::int32_t>(score), static_cast<std::uint32_t>(target)});
  }
  std::ranges::stable_sort(hits, std::greater(), &Hit::score);
  if (hits.size() > top) hits.resize(top);
  return hits;
}

}  // namespace anneal::search::cuda
