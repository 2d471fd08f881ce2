// A GPU by Metal. This header compiles without Metal.
#pragma once

#include <memory>
#include <string>

#include "anneal/device.h"
#include "device/device.h"
#include "device/metal/kernel_library.h"
#include "device/metal/memory.h"
#include "device/metal/queue.h"
#include "device/metal/runtime.h"
#include "device/metal/targets.h"

namespace anneal::device::metal {

/// Memory of kind `staging` is the host's; the device reaches it, across the bus where it has memory of its own.
/// `device` is the device's own (private), at addresses that the host must not touch.
///
/// `shared` is one and the same memory on both sides where memory is unified: nothing is ever copied. Elsewhere it is
/// managed: each side has a copy. An engine that says host_wrote() before it launches, and Queue::fetch() before it
/// reads, is right on both, and pays only where it has to. DeviceLimits::unified_memory tells which.
///
/// Metal keeps memory that was given back for as long as submitted work uses it; but a pool that has it again may lend
/// it to others. So wait for an event of that work first.
class Device final : public device::Device {
 public:
  /// Device `ordinal`, counted from 0 in the order of list_backends(). Throws RuntimeError where it cannot be used.
  Device(Runtime& runtime, int ordinal);

  const std::string& name() const override { return properties_.name; }
  DeviceKind kind() const override { return DeviceKind::gpu; }
  /// What Metal recommends to use at most; of unified memory, the host needs the rest.
  std::uint64_t memory() const override { return properties_.memory; }
  DeviceLimits limits() const override;
  std::unique_ptr<device::Queue> create_queue() override { return std::make_unique<Queue>(*this); }
  Allocation allocate(std::size_t bytes, MemoryKind kind) override;

  /// Memory of kind `shared` that begins as a copy of these bytes, for host and device. Throws Error(out_of_memory).
  Allocation allocate_copy(const void* data, std::size_t bytes);

  /// Lets the device see what the host wrote to these bytes of memory of kind `shared`, which no submitted work uses.
  /// Does nothing on unified memory.
  void host_wrote(const void* data, std::size_t bytes);

  /// Bytes of memory() that this process has not allocated.
  std::uint64_t free_memory() const;

  /// What a result may depend on: the model, its families, and the system's version, which the compiler comes with.
  std::string identity() const;

  const DeviceProperties& properties() const { return properties_; }
  int ordinal() const { return ordinal_; }
  const std::string& where() const { return where_; }  ///< for errors: "Apple M2 (metal)"
  KernelLibrary& kernels() { return kernels_; }
  Memory& buffers() { return memory_; }
  /// Some memory without meaning, which null pointers are bound to.
  const Allocation& nothing() const { return nothing_; }
  Runtime& runtime() const { return runtime_; }  ///< the device's part of it
  const Object& handle() const { return device_; }

 private:
  Runtime& runtime_;
  int ordinal_;
  Object device_;
  DeviceProperties properties_;
  std::string where_;
  KernelLibrary kernels_;
  Memory memory_;
  Allocation nothing_;
};

/// Throws Error(unavailable) in a build without Metal.
std::unique_ptr<device::Device> open_device(const Backend& backend, int threads);

}  // namespace anneal::device::metal
