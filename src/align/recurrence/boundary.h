// Values on the first row and column of the dynamic programme.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "anneal/align.h"

namespace anneal::align {

/// Where an alignment may begin and what the letters before it cost.
struct Boundary {
  bool local = false;              ///< anywhere, with no cell below 0
  bool query_begin_free = false;   ///< H(i,0) = 0
  bool target_begin_free = false;  ///< H(0,j) = 0
  int gap_open = 0;
  int gap_extend = 0;
  std::optional<GapCost> second_gap = {};

  std::int64_t gap(std::int64_t length) const {
    if (length == 0) return 0;
    const std::int64_t first = -(gap_open + length * gap_extend);
    return second_gap ? std::max(first, -(second_gap->open + length * second_gap->extend)) : first;
  }
  std::int64_t first_column(std::int64_t i) const { return query_begin_free ? 0 : gap(i); }
  std::int64_t first_row(std::int64_t j) const { return target_begin_free ? 0 : gap(j); }
};

/// The boundary of a mode; the paths of extensions begin as global ones do.
inline Boundary boundary_of(const AlignOptions& options) {
  const bool local = options.mode == Mode::local;
  const bool ends_free = options.mode == Mode::ends_free;
  return {.local = local,
          .query_begin_free = local || (ends_free && options.free_ends.query_begin),
          .target_begin_free = local || (ends_free && options.free_ends.target_begin),
          .gap_open = options.gap_open,
          .gap_extend = options.gap_extend,
          .second_gap = options.second_gap};
}

/// The cells (i, j) with |(j - i) - centre| <= width; a negative width means all.
struct Band {
  std::int64_t width = -1;
  std::int64_t centre = 0;

  bool contains(std::int64_t i, std::int64_t j) const {
    const std::int64_t offset = j - i - centre;
    return width < 0 || (offset <= width && -offset <= width);
  }
};

}  // namespace anneal::align
