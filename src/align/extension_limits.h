// Quantities of extensions that depend on a pair's lengths and the options only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "anneal/align.h"

namespace anneal::align {

/// The band that bwa's ksw_extend2 uses: no wider than the longest gap that could still pay off.
inline std::int64_t extension_band(std::int64_t query_length, const AlignOptions& options) {
  const std::int64_t gain = query_length * std::max(options.matrix.highest(), 0) + options.end_bonus - options.gap_open;
  // Truncated towards zero after adding 1, as the original's conversion from double does.
  const auto longest_gap = static_cast<std::int64_t>(static_cast<double>(gain) / options.gap_extend + 1.0);
  const std::int64_t asked = options.band < 0 ? std::numeric_limits<std::int32_t>::max() : options.band;
  return std::min(asked, std::max<std::int64_t>(longest_gap, 1));
}

/// Whether the path of an extension is the one to the end of the query.
inline bool prefers_query_end(std::int32_t score, const Extension& extension, const AlignOptions& options) {
  const bool reaches_end = options.mode == Mode::extend
                               ? extension.global_score > 0
                               : !extension.dropped && extension.global_score != Extension::not_reached;
  return reaches_end && std::int64_t{extension.global_score} + options.end_bonus > score;
}

}  // namespace anneal::align
