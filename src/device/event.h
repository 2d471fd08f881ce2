// A point in a queue's work.
#pragma once

#include <condition_variable>
#include <mutex>

namespace anneal::device {

/// Done once everything submitted before it has run. Thread-safe.
class Event {
 public:
  virtual ~Event() = default;

  virtual bool is_done() const = 0;
  virtual void wait() const = 0;
};

/// One that the host completes.
class HostEvent final : public Event {
 public:
  bool is_done() const override;
  void wait() const override;
  /// Lets everyone who waits go on.
  void complete();

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool done_ = false;
};

}  // namespace anneal::device
