#include "align/cuda/gpu.h"

#include <utility>

namespace anneal::align::cuda {
namespace {

// Other programs, and CUDA itself, need some.
std::uint64_t memory_limit(device::cuda::Device& device) { return device.free_memory() / 10 * 9; }

}  // namespace

Gpu::Gpu(device::cuda::Runtime& runtime, int ordinal)
    : device_(runtime, ordinal), memory_(device_, device::MemoryKind::device, memory_limit(device_)),
      staging_(device_, device::MemoryKind::staging) {}

Queues Gpu::take_queues() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(idle_queues_, {});
}

// Another call may have given back its own: the larger set is kept.
void Gpu::give_back(Queues queues) {
  const std::scoped_lock lock(mutex_);
  if (queues.size() > idle_queues_.size()) idle_queues_.swap(queues);
}

}  // namespace anneal::align::cuda
