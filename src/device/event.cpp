#include "device/event.h"

namespace anneal::device {

bool HostEvent::is_done() const {
  const std::scoped_lock lock(mutex_);
  return done_;
}

void HostEvent::wait() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_; });
}

void HostEvent::complete() {
  const std::scoped_lock lock(mutex_);
  done_ = true;
  changed_.notify_all();
}

}  // namespace anneal::device
