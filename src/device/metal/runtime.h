// The one way to Metal: every call goes through Runtime, which turns its failures into errors.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "anneal/error.h"
#include "device/faults.h"
#include "device/metal/runtime_api.h"
#include "device/metal/status.h"

namespace anneal::device::metal {

/// A call of Metal, or a command buffer, that failed. `code()` is out_of_memory, where a smaller batch may do, or
/// device_failed.
class RuntimeError : public Error {
 public:
  RuntimeError(ErrorCode code, const std::string& message, Status status) : Error(code, message), status_(status) {}
  /// Metal's status; 0 for an overrun deadline, and where the runtime was poisoned before.
  Status status() const noexcept { return status_; }

 private:
  Status status_;
};

/// Calls Metal, lets planned faults strike, and throws RuntimeError for what fails. Thread-safe.
///
/// There is one of a process, and each device has a part of it. After a sticky failure, an overrun deadline or
/// Queue::drain() in vain a part is poisoned, or all where the failure is the process's: all calls throw at once,
/// queues drop what they have not submitted, and nothing waits for what they have. Metal keeps the memory of such work
/// until it ends.
class Runtime {
 public:
  explicit Runtime(RuntimeApi& api) : api_(api) {}

  /// The part of device `ordinal`, which is there as long as the whole.
  Runtime& of_device(int ordinal);

  /// `call` takes the RuntimeApi and returns an Outcome. `describe` returns what the call does to what, such as
  /// "allocating 4 bytes on Apple M2", for the error; it is called only then.
  template <class Call, class Describe>
  void call(Operation operation, const Call& call, const Describe& describe) {
    if (is_poisoned()) refuse(describe());
    const Outcome outcome = attempt(operation, call);
    if (!outcome.ok()) fail(describe(), outcome);
  }

  /// The same, but returns false where the call answers with `expected`, such as status::not_ready.
  template <class Call, class Describe>
  bool call_unless(Status expected, Operation operation, const Call& call, const Describe& describe) {
    if (is_poisoned()) refuse(describe());
    const Outcome outcome = attempt(operation, call);
    if (outcome.status == expected) return false;
    if (!outcome.ok()) fail(describe(), outcome);
    return true;
  }

  /// What comes of something that Metal did by itself, such as a command buffer: `outcome`, or a planned fault.
  Outcome judge(Operation operation, const Outcome& outcome) {
    return attempt(operation, [&](RuntimeApi&) { return outcome; });
  }

  /// Throws RuntimeError for that outcome of `what`, and poisons what cannot work any more where it is sticky.
  [[noreturn]] void fail(const std::string& what, const Outcome& outcome);

  /// Whether this part is, or the whole.
  bool is_poisoned() const noexcept { return poisoned_ || (whole_ != nullptr && whole_->poisoned_); }
  std::string poison_reason() const;  ///< empty where it is not poisoned
  /// This part, or the whole with all of its parts. The first reason counts.
  void poison(const std::string& reason);
  /// Whether any part is.
  bool has_poisoned_part() const;

  /// Those of the whole.
  Faults& faults() { return whole().faults_; }
  /// For tests: plans no fault, and undoes poisonings where only a planned fault is behind them.
  void reset_faults();

  RuntimeApi& api() { return api_; }  ///< for what cannot fail

 private:
  explicit Runtime(Runtime* whole) : api_(whole->api_), whole_(whole) {}

  Runtime& whole() { return whole_ == nullptr ? *this : *whole_; }

  template <class Call>
  Outcome attempt(Operation operation, const Call& call) {
    const Status fault = faults().next(operation);
    return fault != status::success ? Outcome{fault, "a planned fault"} : Outcome{call(api_)};
  }

  [[noreturn]] void refuse(const std::string& what) const;

  void forget_poisoning();

  RuntimeApi& api_;
  Runtime* whole_ = nullptr;  // null where it is that itself
  Faults faults_;             // the whole's
  mutable std::mutex mutex_;
  std::string reason_;                             // guarded by mutex_
  std::map<int, std::unique_ptr<Runtime>> parts_;  // likewise, by device
  std::atomic<bool> poisoned_ = false;
};

/// The runtime that this process shares; null in a build without Metal. It is never destroyed.
Runtime* process_runtime();

/// Whether this process has stopped using Metal, or one of its devices, after a failure: see Runtime. Work may be on
/// its way for ever then.
bool is_poisoned();

}  // namespace anneal::device::metal
