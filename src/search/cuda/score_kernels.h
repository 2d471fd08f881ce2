// The kernels that score strips, and their launch. Compiles without CUDA.
#pragma once

#include <cstddef>
#include <span>

#include "device/cuda/kernel.h"
#include "search/cuda/score_job.h"
#include "search/cuda/score_shape.h"

namespace anneal::device::cuda {
class Queue;
}

namespace anneal::search::cuda {

struct ScoreKernel {
  ScoreShape shape;
  Packing packing;
  int words_per_letter;  ///< of a strip's profile
  device::cuda::KernelRef kernel;

  int targets_per_group() const { return packing == Packing::targets || packing == Packing::bytes ? 2 : 1; }
  /// Of a block whose warps have so many strips' profiles.
  std::size_t shared_bytes(int letters, int strips = 1) const {
    return sizeof(Word) * static_cast<std::size_t>(strips * (letters + 1) * words_per_letter);
  }
  void launch(device::cuda::Queue& queue, const ScoreJob& job, unsigned blocks, unsigned threads,
              std::size_t shared_bytes) const;
};

/// In the order of score_shape.h.
std::span<const ScoreKernel> strip_kernels(Packing packing);
/// A block takes an item, and each of its warps a strip. Of Packing::queries and Packing::targets.
std::span<const ScoreKernel> relay_kernels(Packing packing);

// What these choose from. The kernels of each are compiled together.
std::span<const ScoreKernel> query_pair_kernels();
std::span<const ScoreKernel> target_pair_kernels();
std::span<const ScoreKernel> byte_kernels();
std::span<const ScoreKernel> whole_kernels();
std::span<const ScoreKernel> query_pair_relays();
std::span<const ScoreKernel> target_pair_relays();

}  // namespace anneal::search::cuda
