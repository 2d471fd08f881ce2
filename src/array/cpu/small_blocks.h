// Memory for small results: to get it from the allocator takes longer than to add up a thousand numbers.
#pragma once

#include <cstddef>

#include "device/allocation.h"

namespace anneal::array::cpu {

/// The largest that allocate_small() gives.
inline constexpr std::size_t most_small_bytes = std::size_t{1} << 14;

/// Uninitialised, aligned to device::host_alignment. Each thread keeps some of the blocks that it lets go of, at most
/// 128 KiB, until it ends. Throws Error(out_of_memory).
device::Allocation allocate_small(std::size_t bytes);

}  // namespace anneal::array::cpu
