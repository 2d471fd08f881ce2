// Targets that are so long that others would have to wait for them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "search/cuda/score_job.h"

namespace anneal::search::cuda {

/// How the long ones are worked on. The others are the items from `first_other` on.
struct LongTargets {
  std::vector<Item> pieces;   ///< overlap by as much as an alignment can span; kernels take them as they take targets
  std::vector<Item> relayed;  ///< the same where they would still be long
  std::size_t first_other = 0;
};

/// `items`: the longest first. `long_letters`: more are too many. `span`: letters that an alignment spans at most.
/// The items here have a border of their own, in both lists from 0 on.
LongTargets find_long_targets(std::span<const Item> items, std::int64_t long_letters, std::int64_t span);

/// Sorts items, and gives them places in a border of their own.
void place_longest_first(std::vector<Item>& items);

/// The fours of a border that holds the columns of all items, whose places in it are as in an Item.
std::uint64_t border_fours(std::span<const Item> items);

}  // namespace anneal::search::cuda
