// A processor that work can be sent to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "device/allocation.h"
#include "device/queue.h"

namespace anneal::device {

enum class DeviceKind { cpu, gpu };

struct DeviceLimits {
  int units = 1;                       ///< threads, or multiprocessors
  std::size_t alignment = 1;           ///< of every allocation, in bytes
  std::size_t largest_allocation = 0;  ///< bytes
  bool unified_memory = true;          ///< host and device share one memory, and need no copies
};

class Device {
 public:
  virtual ~Device() = default;

  virtual const std::string& name() const = 0;  ///< the processor's own name
  virtual DeviceKind kind() const = 0;
  virtual std::uint64_t memory() const = 0;  ///< bytes in all; 0 where it is unknown
  virtual DeviceLimits limits() const = 0;
  virtual std::unique_ptr<Queue> create_queue() = 0;
  /// Uninitialised memory. Thread-safe. Throws Error(out_of_memory).
  virtual Allocation allocate(std::size_t bytes, MemoryKind kind) = 0;
};

}  // namespace anneal::device
