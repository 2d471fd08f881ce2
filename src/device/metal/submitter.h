// The thread of a queue: hands command buffers to Metal, and runs tasks, in order.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "device/metal/event.h"
#include "device/metal/runtime.h"

namespace anneal::device::metal {

/// When a command buffer was at work, in seconds of the device's clock.
struct Span {
  double begin = 0, end = 0;
};

/// Command buffers of a queue run one after the other, so they are committed without waiting for those before. Tasks,
/// and events of other queues, hold up what comes after them. After a failure of the device all is skipped until
/// take_error(), and after a task that throws other tasks are. Thread-safe.
class Submitter {
 public:
  /// `queue`: a command queue, which only this submitter uses. `where` names its device in errors.
  Submitter(Runtime& runtime, Object queue, std::string where);
  /// Drops what was not begun. Returns while the device may still be at work: see wait_until_idle().
  ~Submitter();
  Submitter(const Submitter&) = delete;
  Submitter& operator=(const Submitter&) = delete;

  /// As one command buffer. There is at least one.
  void add(std::vector<Command> commands);
  void add(std::function<void()> task);
  void add(std::shared_ptr<const device::Event> awaited);
  /// It is completed once all that was added before has run or was skipped, and gets failures of the device.
  void mark(std::shared_ptr<Event> event);

  /// Whether all that was added is done or was skipped within `time`. Returns false at once where the runtime is
  /// poisoned.
  bool wait_until_idle(std::chrono::nanoseconds time) const;

  /// The device's first failure since the last call, or else what the first task to throw threw, or null.
  std::exception_ptr take_error();
  /// Command buffers with kernels that were completed since the last call.
  std::vector<Span> take_spans();

 private:
  struct State;

  std::shared_ptr<State> state_;  // completion handlers have it as well, and may outlive the submitter
  std::thread thread_;
};

}  // namespace anneal::device::metal
