// The kernels that find ends, by name of what they can do, and their launch. Compiles without CUDA.
#pragma once

#include <span>

#include "align/cuda/end_batch.h"
#include "align/cuda/end_shape.h"
#include "align/gpu/end_traits.h"
#include "device/cuda/kernel.h"

namespace anneal::device::cuda {
class Queue;
}

namespace anneal::align::cuda {

struct EndKernel : gpu::EndTraits {
  device::cuda::KernelRef kernel;

  /// `blocks`: of the grid; any number is right.
  void launch(device::cuda::Queue& queue, const EndBatch& batch, const recurrence::EndParameters& parameters,
              unsigned blocks) const;
};

/// In the order of end_shape.h, from the cheapest on.
std::span<const EndKernel> end_kernels(bool local, ScoreKind scores);

/// For EndBatch::undecided: fits whatever the kernels with dust fit.
const EndKernel& undecided_end_kernel();

}  // namespace anneal::align::cuda
