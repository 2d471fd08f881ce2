// Sets of neighbouring diagonals of the dynamic programme.
#pragma once

#include <algorithm>
#include <cstdint>

#include "align/recurrence/boundary.h"

namespace anneal::align {

/// The diagonals j - i from `lowest` to `highest`.
struct Diagonals {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;

  void include(const Diagonals& other) {
    lowest = std::min(lowest, other.lowest);
    highest = std::max(highest, other.highest);
  }
  /// The least band that holds them; it may hold one more.
  Band band() const { return {.width = (highest - lowest + 1) / 2, .centre = (highest + lowest) >> 1}; }
  /// Of the same cells, numbered from another first row and column.
  Diagonals seen_from(std::int64_t first_row, std::int64_t first_column) const {
    return {lowest - first_column + first_row, highest - first_column + first_row};
  }
  /// How many cells of a rectangle lie on them.
  std::uint64_t cells_of(std::int64_t rows, std::int64_t columns) const {
    const auto triangle = [](std::int64_t side) {
      const auto n = static_cast<std::uint64_t>(std::max<std::int64_t>(side, 0));
      return n * (n + 1) / 2;
    };
    const auto up_to = [&](std::int64_t diagonal) {
      const std::int64_t last = std::clamp(diagonal, -rows, columns);
      return triangle(last + rows) - triangle(last + rows - columns) - triangle(last) + triangle(last - columns);
    };
    return highest < lowest ? 0 : up_to(highest) - up_to(lowest - 1);
  }
};

/// Every diagonal of a rectangle.
inline Diagonals all_diagonals(std::int64_t rows, std::int64_t columns) { return {-rows, columns}; }

/// Those of a rectangle that a band holds.
inline Diagonals diagonals_of(const Band& band, std::int64_t rows, std::int64_t columns) {
  if (band.width < 0) return all_diagonals(rows, columns);
  return {band.centre - band.width, band.centre + band.width};
}

}  // namespace anneal::align
