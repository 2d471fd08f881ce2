// minimap2's order of pairs of numbers.
#pragma once

#include <span>

#include "map/minimap/library.h"

namespace anneal::map {

/// By mm128_t::x. What has the same is in the order in which minimap2's radix_sort_128x() leaves it, which decides what
/// is mapped where; but this takes no pass over bytes in which all are alike.
void sort_pairs(std::span<mm128_t> pairs);

}  // namespace anneal::map
