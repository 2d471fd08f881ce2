// The kernels for Mode::extend, by what they can do, and their launch. Compiles without CUDA.
#pragma once

#include <span>

#include "align/cuda/extend_shape.h"
#include "align/gpu/extend_batch.h"
#include "align/gpu/extend_traits.h"
#include "device/cuda/kernel.h"

namespace anneal::device::cuda {
class Queue;
}

namespace anneal::align::cuda {

struct ExtendKernel : gpu::ExtendTraits {
  device::cuda::KernelRef kernel;

  /// `blocks`: of the grid; any number is right.
  void launch(device::cuda::Queue& queue, const ExtendBatch& batch, const recurrence::ExtendParameters& parameters,
              unsigned blocks) const;
};

/// Those for matrices of so many letters, from the cheapest on. The last one takes everything.
std::span<const ExtendKernel> extend_kernels(int letters);

}  // namespace anneal::align::cuda
