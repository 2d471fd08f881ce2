// The processor that this process runs on.
#pragma once

#include <memory>
#include <string>

#include "anneal/device.h"
#include "device/cpu/targets.h"
#include "device/device.h"

namespace anneal::device::cpu {

/// All kinds of memory are plain host memory here.
class Device final : public device::Device {
 public:
  /// `threads` >= 1 in all, or 0 for as many as the process may use.
  /// Throws Error(invalid_argument) for a negative number.
  explicit Device(int threads = 0);

  const std::string& name() const override { return name_; }
  DeviceKind kind() const override { return DeviceKind::cpu; }
  std::uint64_t memory() const override;
  DeviceLimits limits() const override;
  std::unique_ptr<device::Queue> create_queue() override;
  Allocation allocate(std::size_t bytes, MemoryKind kind) override;

 private:
  std::string name_;
  int threads_;
};

std::unique_ptr<device::Device> open_device(const Backend& backend, int threads);

}  // namespace anneal::device::cpu
