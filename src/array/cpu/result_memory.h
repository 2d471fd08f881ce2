// Memory for results. New memory costs more than most operations: each page is cleared when it is first written to.
#pragma once

#include <cstddef>

#include "device/allocation.h"

namespace anneal::array::cpu {

/// Blocks that are smaller are the allocator's alone, but for the smallest: see allocate_small().
inline constexpr std::size_t least_kept_bytes = std::size_t{1} << 20;

/// Of large blocks that were given back, so many bytes are kept for the next ones.
inline constexpr std::size_t most_kept_bytes = std::size_t{1} << 28;

/// Uninitialised, aligned to device::host_alignment. Thread-safe. Throws Error(out_of_memory).
device::Allocation allocate_result(std::size_t bytes);

/// Bytes of blocks that are kept and not in use.
std::size_t idle_result_bytes();
/// Frees them.
void free_idle_results();

}  // namespace anneal::array::cpu
