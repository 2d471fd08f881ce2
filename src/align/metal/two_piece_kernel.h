// The kernels for gaps of two pieces, and for Mode::extend_ksw2, and their launch.
#pragma once

#include <cstdint>

#include "align/gpu/two_piece_batch.h"

namespace anneal::device::metal {
class Queue;
}

namespace anneal::align::metal {

inline constexpr int two_piece_threads = 64;
inline constexpr int two_piece_groups = two_piece_threads / 32;  ///< of lanes, per group
/// TwoPieceBatch::own_ints: at most so many, in threadgroup memory, of which a group has 16 KiB.
inline constexpr std::int64_t two_piece_own_ints = 2048;

/// `groups`: that have memory, and run in one command buffer; any number is right.
void launch_two_piece(device::metal::Queue& queue, const gpu::TwoPieceBatch& batch,
                      const recurrence::TwoPieceParameters& parameters, unsigned groups);

}  // namespace anneal::align::metal
