// How the rows of queries are cut into strips, and which strips share a launch.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace anneal::search::cuda {

/// What a launch does of one query.
struct QueryStrip {
  std::int32_t query = -1;  ///< -1 for none
  std::int32_t first_row = 0;
  bool is_last = false;    ///< no rows are left after it
  std::int32_t track = 0;  ///< 0 or 1: of two queries that are worked on, and so all their strips have the same

  bool is_whole() const { return query < 0 || (first_row == 0 && is_last); }
};

/// Strips of equal height. A query that is the only one is parts[0].
struct StripLaunch {
  QueryStrip parts[2];
  std::int32_t height = 0;

  bool is_bordered() const { return !parts[0].is_whole() || !parts[1].is_whole(); }
};

struct StripHeights {
  std::int32_t step = 16;   ///< heights are multiples
  std::int32_t least = 64;  ///< of strips that lie above or below others; a multiple of step
  std::int32_t most = 144;  ///< a multiple of step
};

/// All rows of queries of these lengths, in order: two queries at a time, the longest first, of which one goes on with
/// the next when it is through, so that rows are hardly ever alone. With `in_pairs` false, one query at a time.
std::vector<StripLaunch> plan_strips(std::span<const std::int32_t> lengths, const StripHeights& heights, bool in_pairs);

}  // namespace anneal::search::cuda
