// Where a device's work is put in order.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "device/event.h"

namespace anneal::device {

/// Runs what is submitted asynchronously, one after the other. Thread-safe.
class Queue {
 public:
  /// Returns when all work has run; its errors are lost.
  virtual ~Queue() = default;

  virtual void submit(std::function<void()> task) = 0;
  /// Copies between memory of the host and of the device, in any direction; both stay untouched until it is done.
  virtual void copy(void* to, const void* from, std::size_t bytes) = 0;
  /// Returns when everything submitted so far has run. Rethrows the first exception of a task; the tasks after that
  /// one were skipped. Must not be called from a task.
  virtual void synchronize() = 0;
  /// Done when everything submitted so far has run or was skipped.
  virtual std::shared_ptr<const Event> record() = 0;
  /// What is submitted from now on starts only after `event`, which another queue recorded.
  virtual void wait(std::shared_ptr<const Event> event) = 0;
};

}  // namespace anneal::device
