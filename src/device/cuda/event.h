// A point in a stream's work.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "device/cuda/event_pool.h"
#include "device/cuda/runtime.h"
#include "device/event.h"

namespace anneal::device::cuda {

/// How long to wait for a device before it is given up.
inline constexpr std::chrono::seconds default_deadline{600};

/// Waits by asking again and again, never inside CUDA, so that a device that hangs does not hang the caller. All calls
/// throw RuntimeError where the runtime is poisoned, or the work before the event failed.
class Event final : public device::Event {
 public:
  /// Records what was put into `stream` so far, of the pool's device. `after` names that work in errors, such as
  /// "kernel fill on NVIDIA H200". With `timed`, elapsed_since() works.
  Event(std::shared_ptr<EventPool> pool, StreamHandle stream, std::string after, std::chrono::nanoseconds deadline,
        bool timed);
  ~Event() override;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  bool is_done() const override;
  /// Where the work is not done within the deadline, counted from this call, poisons the runtime and throws
  /// Error(device_failed).
  void wait() const override;
  /// Whether it is done within `time`.
  bool wait_for(std::chrono::nanoseconds time) const;

  /// Seconds of the device from `earlier` to this event; both are timed and done.
  double elapsed_since(const Event& earlier) const;

  EventHandle handle() const { return handle_; }
  Runtime& runtime() const { return pool_->runtime(); }

 private:
  std::shared_ptr<EventPool> pool_;
  std::string after_;
  std::chrono::nanoseconds deadline_;
  bool timed_;
  EventHandle handle_;
};

}  // namespace anneal::device::cuda
