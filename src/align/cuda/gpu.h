// What an engine keeps of a device from call to call.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "device/buffer_pool.h"
#include "device/cuda/device.h"

namespace anneal::align::cuda {

using Queues = std::vector<std::unique_ptr<device::cuda::Queue>>;

/// Thread-safe.
class Gpu {
 public:
  using Queues = cuda::Queues;

  /// Opens device `ordinal` of `runtime`. Throws RuntimeError where it cannot be used.
  Gpu(device::cuda::Runtime& runtime, int ordinal);

  device::cuda::Device& device() { return device_; }
  device::BufferPool& memory() { return memory_; }    ///< of the device
  device::BufferPool& staging() { return staging_; }  ///< of the host, which the device copies from and to

  /// Queues without work; maybe none.
  Queues take_queues();
  /// Keeps them for the next call. Their work is done.
  void give_back(Queues queues);

  /// Threads that send it work, over all calls: the device with the fewest gets the next one.
  std::atomic<int>& users() { return users_; }

 private:
  device::cuda::Device device_;
  device::BufferPool memory_;
  device::BufferPool staging_;
  std::mutex mutex_;
  Queues idle_queues_;
  std::atomic<int> users_{0};
};

}  // namespace anneal::align::cuda
