#include "align/metal/gpu.h"

#include <utility>

namespace anneal::align::metal {
namespace {

bool is_unified(const device::metal::Device& device) { return device.limits().unified_memory; }

device::MemoryKind kind_of_memory(const device::metal::Device& device) {
  return is_unified(device) ? device::MemoryKind::shared : device::MemoryKind::device;
}

// Of unified memory, the host needs some, too.
std::uint64_t memory_limit(const device::metal::Device& device) {
  return is_unified(device) ? device.free_memory() / 2 : device.free_memory() / 10 * 9;
}

}  // namespace

Gpu::Gpu(device::metal::Runtime& runtime, int ordinal)
    : device_(runtime, ordinal), memory_(device_, kind_of_memory(device_), memory_limit(device_)) {
  if (!is_unified(device_)) staging_ = std::make_unique<device::BufferPool>(device_, device::MemoryKind::staging);
}

Gpu::Queues Gpu::take_queues() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(idle_queues_, {});
}

// Another call may have given back its own: the larger set is kept.
void Gpu::give_back(Queues queues) {
  const std::scoped_lock lock(mutex_);
  if (queues.size() > idle_queues_.size()) idle_queues_.swap(queues);
}

}  // namespace anneal::align::metal
