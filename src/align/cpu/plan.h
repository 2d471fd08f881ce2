// Which pairs share a vector, and which are computed one by one along antidiagonals.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "align/cpu/kernels.h"
#include "align/cpu/width.h"
#include "align/diagonals.h"
#include "align/problem.h"

namespace anneal::align::cpu {

/// A rectangle of a pair's matrix, and the diagonals of it that are to be filled.
struct Item {
  std::size_t pair = 0;
  std::int32_t first_row = 0;     ///< query letters before the rectangle
  std::int32_t first_column = 0;  ///< target letters before the rectangle
  std::int32_t rows = 0;
  std::int32_t columns = 0;
  Diagonals diagonals = {};  ///< numbered within the rectangle
  Width width = width8;
  bool guess = false;                        ///< whether the diagonals that a guessed score needs may do
  std::optional<std::int64_t> reached = {};  ///< without a guess: a score that the pair is known to reach

  std::uint64_t cells() const { return diagonals.cells_of(rows, columns); }
  void include(const Item& other) {
    rows = std::max(rows, other.rows);
    columns = std::max(columns, other.columns);
    diagonals.include(other.diagonals);
  }
};

/// The least rectangle and diagonals that hold those of all items; the rest is the first one's.
Item hull_of(std::span<const Item> group);

/// Items first .. first + count - 1 of the sorted list: together in lanes, or a single one.
struct Task {
  std::size_t first = 0;
  std::size_t count = 0;
  bool in_lanes = false;
};

struct PlanLimits {
  bool exact_band = false;  ///< no other diagonals may be filled, so only equal ones share a vector
  bool lanes_only = false;  ///< for kernels that do not work along antidiagonals; the query's length comes first then
  bool traced = false;
  bool in_strips = false;         ///< whether single pairs are computed in strips, not along antidiagonals
  Width strip_width = width8;     ///< least width of their scores
  bool strips_in_8_bits = false;  ///< whether most of a local strip is computed in 8 bits
  bool path_follows = false;      ///< whether groups in lanes need another pass
  bool lanes_possible = true;     ///< false where no letter can fill up shorter sequences
  std::uint64_t task_memory = 0;  ///< bytes that one task may use
};

/// Sorts `items`, no more than a slab has pairs, by shape, and cuts them into tasks, most expensive first.
std::vector<Task> plan(std::vector<Item>& items, const Kernels& kernels, const PlanLimits& limits);

}  // namespace anneal::align::cpu
