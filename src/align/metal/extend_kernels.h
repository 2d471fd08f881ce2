// The kernels for Mode::extend, by what they can do, and their launch.
#pragma once

#include <span>
#include <string_view>

#include "align/gpu/extend_batch.h"
#include "align/gpu/extend_traits.h"
#include "device/metal/kernel.h"

namespace anneal::device::metal {
class Queue;
}

namespace anneal::align::metal {

struct ExtendKernel : gpu::ExtendTraits {
  std::string_view name;  ///< in the source
  const device::metal::Source* source;

  /// `groups`: that have memory, and run in one command buffer; any number is right.
  void launch(device::metal::Queue& queue, const gpu::ExtendBatch& batch,
              const recurrence::ExtendParameters& parameters, unsigned groups) const;
};

/// Those for matrices of so many letters, from the cheapest on. The last one takes everything.
std::span<const ExtendKernel> extend_kernels(int letters);

}  // namespace anneal::align::metal
