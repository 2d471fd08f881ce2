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
  bool is_last = false;  ///< no rows are left after it

  bool is_whole() const { return query < 0 || (first_row == 0 && is_last); }
};

/// Strips of equal height. All strips of a query are in the same place of `parts`.
struct StripLaunch {
  QueryStrip parts[2];
  std::int32_t height = 0;

  bool is_bordered() const { return !parts[0].is_whole() || !parts[1].is_whole(); }
  bool is_lone() const { return parts[0].query < 0 || parts[1].query < 0; }
  /// Whether one of two queries begins here, and the other does not.
  bool is_uneven() const { return !is_lone() && (parts[0].first_row > 0) != (parts[1].first_row > 0); }
};

/// All but the first are multiples of it.
struct StripHeights {
  std::int32_t step = 16;
  std::int32_t least = 64;          ///< of strips that lie above or below others
  std::int32_t most = 144;          ///< of two queries
  std::int32_t most_lone = 128;     ///< of a query that is alone
  std::vector<std::int32_t> whole;  ///< of one that is alone and in one strip, where that wastes little; ascending
};

/// All rows of queries of these lengths, in order: two queries at a time, the longest first, of which one goes on with
/// the next when it is through, so that rows are hardly ever alone. With `in_pairs` false, one query at a time.
std::vector<StripLaunch> plan_strips(std::span<const std::int32_t> lengths, const StripHeights& heights, bool in_pairs);

}  // namespace anneal::search::cuda
