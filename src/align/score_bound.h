// How large the scores of a pair can become.
#pragma once

#include <algorithm>
#include <cstdint>

#include "anneal/align.h"

namespace anneal::align {

/// Largest magnitude that any reachable cell of the pair's matrix may have.
///
/// Without a band, no cell is below the path that goes round the matrix in two gaps, one more of which may open there.
/// Inside a band, the way along a diagonal may be the only one.
inline std::int64_t score_bound(const AlignOptions& options, std::int64_t query_length, std::int64_t target_length,
                                std::int64_t h0 = 0) {
  const std::int64_t shorter = std::min(query_length, target_length);
  const std::int64_t gained = h0 + std::max(options.matrix.highest(), 0) * shorter;
  if (options.mode == Mode::local) return gained;
  // The first piece alone: a second one only makes gaps cheaper.
  std::int64_t lost = 3 * std::int64_t{options.gap_open} + options.gap_extend * (query_length + target_length + 1);
  if (options.band >= 0) lost += std::max(-options.matrix.lowest(), 0) * shorter;
  return std::max(gained, lost);
}

}  // namespace anneal::align
