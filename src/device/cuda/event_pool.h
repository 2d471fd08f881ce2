// Handles of events that are used again and again: CUDA creates one more slowly than it records it.
#pragma once

#include <array>
#include <mutex>
#include <string_view>
#include <vector>

#include "device/cuda/runtime.h"

namespace anneal::device::cuda {

/// Those of one device. Thread-safe.
class EventPool {
 public:
  EventPool(Runtime& runtime, int device) : runtime_(runtime), device_(device) {}
  ~EventPool();
  EventPool(const EventPool&) = delete;
  EventPool& operator=(const EventPool&) = delete;

  /// One that nobody else has. `after` names for errors what it will be recorded after. Throws RuntimeError.
  EventHandle take(bool timed, std::string_view after);
  void give_back(EventHandle event, bool timed) noexcept;

  Runtime& runtime() const { return runtime_; }
  int device() const { return device_; }

 private:
  void destroy(EventHandle event) noexcept;

  Runtime& runtime_;
  int device_;
  std::mutex mutex_;
  std::array<std::vector<EventHandle>, 2> idle_;  // by whether they are timed
};

}  // namespace anneal::device::cuda
