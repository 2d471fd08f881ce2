// Hits of several parts of what was loaded, as one list.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "search/engine.h"

namespace anneal::search {

/// Adds hits of targets that begin at `first` to those of the targets before them; both best first, and at most `top`.
inline void merge_hits(std::vector<Hit>& hits, const std::vector<Hit>& more, std::uint32_t first, std::size_t top) {
  std::vector<Hit> shifted;
  shifted.reserve(more.size());
  for (const Hit& hit : more) shifted.push_back({hit.score, hit.target + first});
  std::vector<Hit> merged;
  merged.reserve(hits.size() + shifted.size());
  std::ranges::merge(hits, shifted, std::back_inserter(merged), is_better);
  hits = std::move(merged);
  if (hits.size() > top) hits.resize(top);
}

/// The same for each query.
inline void merge_hits(std::vector<std::vector<Hit>>& hits, const std::vector<std::vector<Hit>>& more,
                       std::uint32_t first, std::size_t top) {
  hits.resize(more.size());
  for (std::size_t query = 0; query < more.size(); ++query) merge_hits(hits[query], more[query], first, top);
}

}  // namespace anneal::search
