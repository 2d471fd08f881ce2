#include "device/event.h"

namespace anneal::device {

bool Event::is_done() const {
  const std::scoped_lock lock(mutex_);
  return done_;
}

void Event::wait() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_; });
}

void Event::complete() {
  const std::scoped_lock lock(mutex_);
  done_ = true;
  changed_.notify_all();
}

}  // namespace anneal::device
