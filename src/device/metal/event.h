// A point in a queue's work.
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>

#include "device/event.h"
#include "device/metal/runtime.h"

namespace anneal::device::metal {

/// How long to wait for a device before it is given up.
inline constexpr std::chrono::seconds default_deadline{600};

/// Completed by the completion handler of the command buffer before it. All calls throw RuntimeError where the device's
/// runtime is poisoned, or the work before the event failed on the device.
class Event final : public device::Event {
 public:
  /// `after` names the work before it in errors, such as "kernel fill on Apple M2".
  Event(Runtime& runtime, std::string after, std::chrono::nanoseconds deadline)
      : runtime_(runtime), after_(std::move(after)), deadline_(deadline) {}

  bool is_done() const override;
  /// Where the work is not done within the deadline, counted from this call, poisons the runtime and throws
  /// Error(device_failed).
  void wait() const override;
  /// Whether it is done within `time`.
  bool wait_for(std::chrono::nanoseconds time) const;

  /// For the queue: lets everyone who waits go on. `error` is what came of the work, or null.
  void complete(std::exception_ptr error);

 private:
  Runtime& runtime_;
  std::string after_;
  std::chrono::nanoseconds deadline_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool done_ = false;
  std::exception_ptr error_;
};

}  // namespace anneal::device::metal
