// An NVIDIA GPU. This header compiles without the CUDA toolkit.
#pragma once

#include <memory>
#include <string>

#include "anneal/device.h"
#include "device/cuda/kernel_library.h"
#include "device/cuda/queue.h"
#include "device/cuda/runtime.h"
#include "device/cuda/targets.h"
#include "device/device.h"

namespace anneal::device::cuda {

/// Memory of kind `device` is the GPU's own. `staging` is pinned host memory. `shared` is managed memory where host and
/// device have one memory; elsewhere it is pinned host memory that the device reads and writes across the bus, so that
/// it suits what is touched once. DeviceLimits::unified_memory tells which.
///
/// Memory that queued work still uses must not be given back: wait for an event of that work first.
class Device final : public device::Device {
 public:
  /// Device `ordinal`, counted from 0 in CUDA's order. Throws RuntimeError where it cannot be used.
  Device(Runtime& runtime, int ordinal);

  const std::string& name() const override { return properties_.name; }
  DeviceKind kind() const override { return DeviceKind::gpu; }
  std::uint64_t memory() const override { return properties_.memory; }
  DeviceLimits limits() const override;
  std::unique_ptr<device::Queue> create_queue() override { return std::make_unique<Queue>(*this); }
  Allocation allocate(std::size_t bytes, MemoryKind kind) override;

  /// Bytes that are free now; other programs, and CUDA itself, take and give.
  std::uint64_t free_memory();

  /// What a result may depend on: the model, the compute capability, and the versions of driver and runtime.
  std::string identity();

  const DeviceProperties& properties() const { return properties_; }
  int ordinal() const { return ordinal_; }
  const std::string& where() const { return where_; }  ///< for errors: "NVIDIA H200 (cuda)"
  KernelLibrary& kernels() { return kernels_; }
  const std::shared_ptr<EventPool>& events() const { return events_; }
  Runtime& runtime() { return runtime_; }

 private:
  Runtime& runtime_;
  int ordinal_;
  DeviceProperties properties_;
  std::string where_;
  KernelLibrary kernels_;
  std::shared_ptr<EventPool> events_;  // events may outlive the device
};

/// Throws Error(unavailable) in a build without CUDA.
std::unique_ptr<device::Device> open_device(const Backend& backend, int threads);

}  // namespace anneal::device::cuda
