// How long the device is at work in one call of CudaEngine::execute.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "device/cuda/queue.h"

namespace anneal::align::cuda {

/// Kernels of several queues run at the same time: what counts is the time in which any of them ran. Thread-safe. Calls
/// throw RuntimeError.
class DeviceClock {
 public:
  /// Work of one queue, from begin() to end().
  class Span {
   public:
    void begin(device::cuda::Queue& queue) { begin_ = queue.record_time(); }
    void end(device::cuda::Queue& queue) { end_ = queue.record_time(); }

   private:
    friend DeviceClock;
    std::shared_ptr<const device::cuda::Event> begin_;
    std::shared_ptr<const device::cuda::Event> end_;
  };

  /// Before any span, by a queue that is waited for after that.
  explicit DeviceClock(device::cuda::Queue& queue) : start_(queue.record_time()) {}

  /// Counts a span whose work is done.
  void count(const Span& span);
  /// Seconds of all spans so far, those at the same time once.
  double seconds() const;

 private:
  std::shared_ptr<const device::cuda::Event> start_;
  mutable std::mutex mutex_;
  std::vector<std::pair<double, double>> spans_;  // from and to, in seconds since start_
};

}  // namespace anneal::align::cuda
