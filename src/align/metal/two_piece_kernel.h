// The kernels for gaps of two pieces, and for Mode::extend_ksw2, and their launch.
#pragma once

#include <cstdint>

#include "align/gpu/two_piece_batch.h"
#include "align/gpu/two_piece_classes.h"

namespace anneal::device::metal {
class Queue;
}

namespace anneal::align::metal {

inline constexpr int two_piece_threads = 64;
/// At most 16 KiB of threadgroup memory for a group, and seconds for a simdgroup: the system ends what takes longer.
inline constexpr gpu::TwoPieceLimits two_piece_limits{
    .own_ints = 2048, .groups_per_block = two_piece_threads / 32, .cells = std::uint64_t{1} << 29};

/// `groups`: that have memory, and run in one command buffer; any number is right.
void launch_two_piece(device::metal::Queue& queue, const gpu::TwoPieceBatch& batch,
                      const recurrence::TwoPieceParameters& parameters, unsigned groups);

}  // namespace anneal::align::metal
