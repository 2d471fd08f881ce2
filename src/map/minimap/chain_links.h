// Chains of anchors by dynamic programming: minimap2's mg_lchain_dp(), with the same results.
#pragma once

#include <cstdint>

#include "map/minimap/pool.h"

namespace anneal::map {

/// What mg_lchain_dp() calls max_dist_x, max_dist_y and so on.
struct ChainLimits {
  int longest_target_gap = 0;
  int longest_query_gap = 0;
  int band = 0;
  int most_skips = 0;
  int most_steps = 0;
  int min_anchors = 0;
  int min_score = 0;
  float gap_penalty = 0;
  float skip_penalty = 0;
  int segments = 1;
};

struct ChainSet {
  mm128_t* anchors = nullptr;       ///< the pool's: of all chains, one after the other; null where there are none
  std::uint64_t* chains = nullptr;  ///< the pool's: score << 32 | anchors
  int count = 0;
};

/// Takes the anchors over. They are the pool's, at most 2^31 - 1, sorted by mm128_t::x.
ChainSet chain_anchors(const Pool& pool, mm128_t* anchors, std::int64_t anchor_count, const ChainLimits& limits);

}  // namespace anneal::map
