// Global paths with one gap at most. Most of what lies between the anchors of accurate reads has no better one, which
// needs no matrix to be proven; of the rest, they say how far from the diagonals of both corners better ones can stray.
#pragma once

#include <cstdint>
#include <string_view>

#include "map/path.h"

namespace anneal::map {

struct SimplePath {
  std::int32_t score = 0;
  std::int32_t gap_at = 0;  ///< columns before the gap, the fewest of equally good ones
  bool is_best = false;     ///< surely the path that Mode::global finds
  std::int32_t stray = 0;   ///< diagonals outside those of the corners that paths which score as much may touch
};

/// The best with no other gap than the difference of lengths asks for. Neither sequence is empty.
///
/// A gap of n letters costs less than two of n together, since prices are concave in n. So a path with more gaps scores
/// at most all matches, less the cheapest two: those of n - 1 letters and 1, or one of 1 letter more than needed and
/// one of 1 on the other side. And one that strays by d diagonals has d letters more in gaps on both sides. Of equal
/// lengths, those with two gaps are all looked at.
SimplePath find_simple_path(std::string_view query, std::string_view target, const MapScoring& scoring);

/// How far paths can stray that score at least as much.
std::int32_t stray_of(std::size_t query_length, std::size_t target_length, std::int64_t score,
                      const MapScoring& scoring);

void append_simple_path(Path& path, const SimplePath& simple, std::size_t query_length, std::size_t target_length);

}  // namespace anneal::map
