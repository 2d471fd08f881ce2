// Sorting by keys, in time that grows no faster than their number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace anneal::base {

/// Indices of the keys, the lowest key's first; of equal keys, the lowest index first.
std::vector<std::size_t> stable_order(std::span<const std::uint64_t> keys);

}  // namespace anneal::base
