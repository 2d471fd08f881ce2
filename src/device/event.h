// A point in a queue's work.
#pragma once

#include <condition_variable>
#include <mutex>

namespace anneal::device {

/// Done once everything submitted before it has run. Thread-safe.
class Event {
 public:
  bool is_done() const;
  void wait() const;
  /// For queues: lets everyone who waits go on.
  void complete();

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool done_ = false;
};

}  // namespace anneal::device
