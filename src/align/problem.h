// One pair, encoded, as the kernels that work pair by pair see it.
#pragma once

#include <cstdint>
#include <span>

#include "align/recurrence/boundary.h"
#include "anneal/align.h"

namespace anneal::align {

using Codes = std::span<const std::uint8_t>;

/// Fill and trace the rectangle of all of `query` and all of `target`.
struct Problem {
  Codes query;
  Codes target;
  Boundary boundary = {};
  Band band = {};
  GapPlacement gap_placement = GapPlacement::leftmost;
  const SubstitutionMatrix* matrix = nullptr;

  std::int64_t rows() const { return static_cast<std::int64_t>(query.size()); }
  std::int64_t columns() const { return static_cast<std::int64_t>(target.size()); }
  int score(std::int64_t i, std::int64_t j) const {  ///< of the i-th query letter and j-th target letter, from 1
    return matrix->score(query[static_cast<std::size_t>(i - 1)], target[static_cast<std::size_t>(j - 1)]);
  }
};

/// Whether an alignment may end in cell (i, j).
struct EndCells {
  bool anywhere = false;
  bool query_end_free = false;
  bool target_end_free = false;

  bool contains(const Problem& problem, std::int64_t i, std::int64_t j) const {
    const std::int64_t rows = problem.rows(), columns = problem.columns();
    if (anywhere) return true;
    if (i == rows && j == columns) return true;
    if (rows > 0 && columns > 0 && (i == 0 || j == 0)) return false;
    return (i == rows && target_end_free) || (j == columns && query_end_free);
  }
};

inline EndCells end_cells_of(const AlignOptions& options) {
  const bool ends_free = options.mode == Mode::ends_free;
  return {.anywhere = options.mode == Mode::local,
          .query_end_free = ends_free && options.free_ends.query_end,
          .target_end_free = ends_free && options.free_ends.target_end};
}

}  // namespace anneal::align
