// The kernels for gaps of two pieces, and for Mode::extend_ksw2, and their launch. Compiles without CUDA.
#pragma once

#include "align/cuda/shared.h"
#include "align/gpu/two_piece_batch.h"
#include "align/gpu/two_piece_classes.h"
#include "device/cuda/kernel.h"

namespace anneal::device::cuda {
class Queue;
}

namespace anneal::align::cuda {

inline constexpr int two_piece_threads = 64;
inline constexpr int two_piece_groups = two_piece_threads / 32;
/// At most 40 KiB of shared memory for a block, and a few minutes for a warp.
inline constexpr TwoPieceLimits two_piece_limits{
    .own_ints = 5120, .groups_per_block = two_piece_groups, .cells = std::uint64_t{1} << 34};

using TwoPieceKernel = device::cuda::Kernel<TwoPieceBatch, recurrence::TwoPieceParameters>;

extern const TwoPieceKernel two_piece_kernel_with_own;      ///< with scores in groups' own memory
extern const TwoPieceKernel two_piece_kernel_in_workspace;  ///< in their workspace

inline const TwoPieceKernel& two_piece_kernel(const TwoPieceBatch& batch) {
  return batch.own_ints > 0 ? two_piece_kernel_with_own : two_piece_kernel_in_workspace;
}
inline std::size_t two_piece_shared_bytes(const TwoPieceBatch& batch) {
  return static_cast<std::size_t>(batch.own_ints) * two_piece_groups * sizeof(std::int32_t);
}

/// Any number of blocks is right.
void launch_two_piece(device::cuda::Queue& queue, const TwoPieceBatch& batch,
                      const recurrence::TwoPieceParameters& parameters, unsigned blocks);

}  // namespace anneal::align::cuda
