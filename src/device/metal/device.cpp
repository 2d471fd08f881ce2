#include "device/metal/device.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace anneal::device::metal {
namespace {

constexpr std::size_t alignment = 256;  // buffers begin at pages

// What null pointers are bound to: as large as anything that a kernel's argument may point to.
constexpr std::size_t nothing_bytes = 4096;

Object find_device(Runtime& runtime, int ordinal) {
  Object device;
  runtime.call(
      Operation::setup,
      [&](RuntimeApi& api) {
        std::vector<Object> devices;
        Outcome outcome = api.devices(devices);
        if (!outcome.ok()) return outcome;
        if (ordinal < 0 || static_cast<std::size_t>(ordinal) >= devices.size()) {
          return Outcome{status::no_object, fmt::format("Metal shows {} devices", devices.size())};
        }
        device = devices[static_cast<std::size_t>(ordinal)];
        return outcome;
      },
      [&] { return fmt::format("opening {}", backend_name(ordinal)); });
  return device;
}

DeviceProperties ask_properties(Runtime& runtime, const Object& device, int ordinal) {
  DeviceProperties properties;
  runtime.call(
      Operation::setup, [&](RuntimeApi& api) { return api.properties(device, properties); },
      [&] { return fmt::format("asking what {} is", backend_name(ordinal)); });
  return properties;
}

Storage storage_for(MemoryKind kind, bool unified) {
  switch (kind) {
    case MemoryKind::device:
      return Storage::on_device;
    case MemoryKind::shared:
      return unified ? Storage::shared : Storage::managed;
    case MemoryKind::staging:
      break;
  }
  return Storage::shared;
}

}  // namespace

Device::Device(Runtime& runtime, int ordinal)
    : runtime_(runtime.of_device(ordinal)), ordinal_(ordinal), device_(find_device(runtime_, ordinal)),
      properties_(ask_properties(runtime_, device_, ordinal)),
      where_(fmt::format("{} ({})", properties_.name, backend_name(ordinal))),
      kernels_(runtime_, device_, properties_, where_), memory_(runtime_, device_, where_),
      nothing_(memory_.allocate(nothing_bytes, Storage::shared)) {}

DeviceLimits Device::limits() const {
  return {.units = 1,  // Metal does not tell how many there are
          .alignment = alignment,
          .largest_allocation = static_cast<std::size_t>(properties_.largest_buffer),
          .unified_memory = properties_.unified_memory};
}

Allocation Device::allocate(std::size_t bytes, MemoryKind kind) {
  return memory_.allocate(bytes, storage_for(kind, properties_.unified_memory));
}

Allocation Device::allocate_copy(const void* data, std::size_t bytes) {
  Allocation memory = allocate(bytes, MemoryKind::shared);
  if (bytes > 0) std::memcpy(memory.data(), data, bytes);
  host_wrote(memory.data(), bytes);
  return memory;
}

void Device::host_wrote(const void* data, std::size_t bytes) {
  if (properties_.unified_memory || bytes == 0) return;
  const std::optional<Memory::Place> place = memory_.find(data);
  if (!place || place->bytes < bytes) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} bytes at {} are not within an allocation of {}", bytes, data, where_));
  }
  if (place->storage == Storage::managed) runtime_.api().host_wrote(place->buffer, place->offset, bytes);
}

std::uint64_t Device::free_memory() const {
  return properties_.memory - std::min(properties_.memory, runtime_.api().allocated(device_));
}

std::string Device::identity() const {
  return fmt::format("{}, {}, {}", properties_.name, properties_.family, runtime_.api().system_version());
}

std::unique_ptr<device::Device> open_device(const Backend& backend, int) {
  Runtime* const runtime = process_runtime();
  const std::optional<int> ordinal = ordinal_of(backend.name);
  if (runtime == nullptr || !ordinal) {
    throw Error(ErrorCode::unavailable,
                fmt::format("backend {} is not available: {}", backend.name,
                            runtime == nullptr ? absent_from_build : "it is not one of Metal's devices"));
  }
  return std::make_unique<Device>(*runtime, *ordinal);
}

}  // namespace anneal::device::metal
