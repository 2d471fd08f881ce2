#include "device/cuda/event_pool.h"

#include <fmt/core.h>

namespace anneal::device::cuda {

EventPool::~EventPool() {
  for (const std::vector<EventHandle>& events : idle_) {
    for (const EventHandle event : events) destroy(event);
  }
}

EventHandle EventPool::take(bool timed, std::string_view after) {
  {
    const std::scoped_lock lock(mutex_);
    std::vector<EventHandle>& idle = idle_[timed ? 1 : 0];
    if (!idle.empty()) {
      const EventHandle event = idle.back();
      idle.pop_back();
      return event;
    }
  }
  const CurrentDevice current(runtime_, device_);
  EventHandle event = nullptr;
  runtime_.call(
      Operation::event, [&](RuntimeApi& api) { return api.create_event(event, timed); },
      [&] { return fmt::format("creating an event for {}", after); });
  return event;
}

void EventPool::give_back(EventHandle event, bool timed) noexcept {
  try {
    const std::scoped_lock lock(mutex_);
    idle_[timed ? 1 : 0].push_back(event);
  } catch (...) {  // no memory for the list
    destroy(event);
  }
}

void EventPool::destroy(EventHandle event) noexcept {
  runtime_.release([event](RuntimeApi& api) { return api.destroy_event(event); });
}

}  // namespace anneal::device::cuda
