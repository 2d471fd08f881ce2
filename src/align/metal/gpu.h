// What an engine keeps of a device from call to call.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "device/buffer_pool.h"
#include "device/metal/device.h"

namespace anneal::align::metal {

/// Thread-safe.
class Gpu {
 public:
  using Queues = std::vector<std::unique_ptr<device::metal::Queue>>;

  /// Opens device `ordinal` of `runtime`. Throws RuntimeError where it cannot be used.
  Gpu(device::metal::Runtime& runtime, int ordinal);

  device::metal::Device& device() { return device_; }
  /// What kernels work on. Where memory is unified, the host reaches it too.
  device::BufferPool& memory() { return memory_; }
  /// What the host writes and reads: the same pool where memory is unified, and then nothing is copied.
  device::BufferPool& staging() { return staging_ ? *staging_ : memory_; }

  /// Queues without work; maybe none.
  Queues take_queues();
  /// Keeps them for the next call. Their work is done.
  void give_back(Queues queues);

  /// Threads that send it work, over all calls.
  std::atomic<int>& users() { return users_; }

 private:
  device::metal::Device device_;
  device::BufferPool memory_;
  std::unique_ptr<device::BufferPool> staging_;
  std::mutex mutex_;
  Queues idle_queues_;
  std::atomic<int> users_{0};
};

}  // namespace anneal::align::metal
