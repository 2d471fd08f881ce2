// How a device's memory is shared among chunks that are on their way.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/gpu/end_shape.h"

namespace anneal::align::gpu {

/// Bytes of a device that a chunk may use for what it can do with less of, where so many are on their way at a time.
constexpr std::uint64_t chunk_memory_of(std::uint64_t device_memory, std::size_t chunks) {
  return device_memory / (2 * chunks);
}
/// How many of these checkpoints may take.
constexpr std::uint64_t checkpoint_memory_of(std::uint64_t chunk_memory) { return chunk_memory / 4 * 3; }

/// At least so many cells of long pairs' matrices there are for each byte of checkpoints.
inline constexpr std::uint64_t cells_per_checkpoint_byte = checkpoint_rows / 8 * 3 / 2;

}  // namespace anneal::align::gpu
