// How long the device is at work in one call of MetalEngine::execute.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "align/gpu/span_union.h"
#include "device/metal/queue.h"

namespace anneal::align::metal {

/// Command buffers of several queues run at the same time: what counts is the time in which any of them ran.
/// Thread-safe.
class DeviceClock {
 public:
  /// Work of one queue.
  class Span {
   public:
    /// Forgets what an earlier call has left.
    void begin(device::metal::Queue& queue) {
      queue_ = &queue;
      queue.take_spans();
    }
    void end(device::metal::Queue&) {}

   private:
    friend DeviceClock;
    device::metal::Queue* queue_ = nullptr;
  };

  explicit DeviceClock(device::metal::Queue& queue) { queue.take_spans(); }

  /// Counts a span whose work is done.
  void count(const Span& span) {
    const std::vector<device::metal::Span> spans = span.queue_->take_spans();
    const std::scoped_lock lock(mutex_);
    for (const device::metal::Span& each : spans) spans_.emplace_back(each.begin, each.end);
  }
  /// Seconds of all spans so far, those at the same time once.
  double seconds() const {
    const std::scoped_lock lock(mutex_);
    return gpu::seconds_of_any(spans_);
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::pair<double, double>> spans_;  // from and to, in seconds of the device's clock
};

}  // namespace anneal::align::metal
