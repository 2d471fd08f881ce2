#include "device/cpu/device.h"

#include <fmt/core.h>

#include "anneal/error.h"
#include "base/cpu.h"
#include "base/memory.h"
#include "device/cpu/queue.h"

namespace anneal::device::cpu {
namespace {

int thread_count(int threads) {
  if (threads < 0) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("threads is {}: give a number from 1 up, or 0 for all processors", threads));
  }
  return threads == 0 ? base::usable_processors() : threads;
}

}  // namespace

Device::Device(int threads) : name_(base::processor_name()), threads_(thread_count(threads)) {}

std::uint64_t Device::memory() const { return base::total_memory(); }

DeviceLimits Device::limits() const {
  return {.units = threads_, .alignment = host_alignment, .largest_allocation = static_cast<std::size_t>(memory())};
}

std::unique_ptr<device::Queue> Device::create_queue() { return std::make_unique<Queue>(threads_); }

Allocation Device::allocate(std::size_t bytes, MemoryKind) { return allocate_host(bytes); }

std::unique_ptr<device::Device> open_device(const Backend&, int threads) { return std::make_unique<Device>(threads); }

}  // namespace anneal::device::cpu
