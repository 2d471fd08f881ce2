// Hits of several parts of what was loaded, as one list.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "search/engine.h"

namespace anneal::search {

/// Adds hits of targets that begin at `first` to those of the targets before them; both best first, and at most `top`.
inline void merge_hits(std::vector<Hit>& hits, const std::vector<Hit>& more, std::uint32_t first, std::size_t top) {
  const auto middle = static_cast<std::ptrdiff_t>(hits.size());
  for (const Hit& hit : more) hits.push_back({hit.score, hit.target + first});
  std::ranges::inplace_merge(hits, hits.begin() + middle, is_better);
  if (hits.size() > top) hits.resize(top);
}

/// The same for each query.
inline void merge_hits(std::vector<std::vector<Hit>>& hits, const std::vector<std::vector<Hit>>& more,
                       std::uint32_t first, std::size_t top) {
  hits.resize(more.size());
  for (std::size_t query = 0; query < more.size(); ++query) merge_hits(hits[query], more[query], first, top);
}

}  // namespace anneal::search
