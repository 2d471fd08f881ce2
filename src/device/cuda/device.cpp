#include "device/cuda/device.h"

#include <fmt/core.h>

namespace anneal::device::cuda {
namespace {

DeviceProperties ask_properties(Runtime& runtime, int ordinal) {
  DeviceProperties properties;
  runtime.call(
      Operation::setup, [&](RuntimeApi& api) { return api.properties(ordinal, properties); },
      [&] { return fmt::format("opening {}", backend_name(ordinal)); });
  return properties;
}

// cudaMalloc promises this much.
constexpr std::size_t alignment = 256;

void free_device(void* context, void* data, std::size_t) {
  static_cast<Runtime*>(context)->release([data](RuntimeApi& api) { return api.free_device(data); });
}

void free_pinned(void* context, void* data, std::size_t) {
  static_cast<Runtime*>(context)->release([data](RuntimeApi& api) { return api.free_pinned(data); });
}

struct Allocator {
  std::string_view what;
  Status (RuntimeApi::*allocate)(void*& data, std::size_t bytes);
  Allocation::Release release;
};

Allocator allocator_for(MemoryKind kind, bool unified) {
  switch (kind) {
    case MemoryKind::device:
      return {"device memory", &RuntimeApi::allocate_device, free_device};
    case MemoryKind::shared:
      if (unified) return {"managed memory", &RuntimeApi::allocate_managed, free_device};
      break;
    case MemoryKind::staging:
      break;
  }
  return {"pinned host memory", &RuntimeApi::allocate_pinned, free_pinned};
}

}  // namespace

Device::Device(Runtime& runtime, int ordinal)
    : runtime_(runtime), ordinal_(ordinal), properties_(ask_properties(runtime, ordinal)),
      where_(fmt::format("{} ({})", properties_.name, backend_name(ordinal))),
      kernels_(runtime, ordinal, properties_, where_), events_(std::make_shared<EventPool>(runtime, ordinal)) {}

DeviceLimits Device::limits() const {
  return {.units = properties_.multiprocessors,
          .alignment = alignment,
          .largest_allocation = static_cast<std::size_t>(properties_.memory),
          .unified_memory = properties_.unified_memory};
}

Allocation Device::allocate(std::size_t bytes, MemoryKind kind) {
  const Allocator allocator = allocator_for(kind, properties_.unified_memory);
  const CurrentDevice current(runtime_, ordinal_);
  void* data = nullptr;
  runtime_.call(
      Operation::allocate, [&](RuntimeApi& api) { return (api.*allocator.allocate)(data, bytes); },
      [&] { return fmt::format("allocating {} bytes of {} for {}", bytes, allocator.what, where_); });
  return Allocation(data, bytes, allocator.release, &runtime_);
}

std::uint64_t Device::free_memory() {
  const CurrentDevice current(runtime_, ordinal_);
  std::size_t free = 0;
  std::size_t total = 0;
  runtime_.call(
      Operation::setup, [&](RuntimeApi& api) { return api.memory_info(free, total); },
      [this] { return fmt::format("asking for the free memory of {}", where_); });
  return free;
}

std::string Device::identity() {
  int driver = 0;
  int version = 0;
  const auto describe = [] { return std::string("asking for CUDA's versions"); };
  runtime_.call(Operation::setup, [&](RuntimeApi& api) { return api.driver_version(driver); }, describe);
  runtime_.call(Operation::setup, [&](RuntimeApi& api) { return api.runtime_version(version); }, describe);
  return fmt::format("{}, capability {}, driver {}, runtime {}", properties_.name, properties_.capability, driver,
                     version);
}

std::unique_ptr<device::Device> open_device(const Backend& backend, int) {
  Runtime* runtime = process_runtime();
  const std::optional<int> ordinal = ordinal_of(backend.name);
  if (runtime == nullptr || !ordinal) {
    throw Error(ErrorCode::unavailable,
                fmt::format("backend {} is not available: {}", backend.name,
                            runtime == nullptr ? absent_from_build : "it is not one CUDA device"));
  }
  return std::make_unique<Device>(*runtime, *ordinal);
}

}  // namespace anneal::device::cuda
