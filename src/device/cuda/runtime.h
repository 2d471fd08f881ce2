// The one way to the CUDA runtime: every call goes through Runtime, which turns its failures into errors.
#pragma once

#include <atomic>
#include <mutex>
#include <string>

#include "anneal/error.h"
#include "device/cuda/runtime_api.h"
#include "device/cuda/status.h"
#include "device/faults.h"

namespace anneal::device::cuda {

using device::all_operations;
using device::Faults;
using device::Operation;

/// A call of CUDA that failed. `code()` is out_of_memory, where a smaller batch may do, or device_failed.
class RuntimeError : public Error {
 public:
  RuntimeError(ErrorCode code, const std::string& message, Status status) : Error(code, message), status_(status) {}
  /// CUDA's status; 0 for an overrun deadline, and where the runtime was poisoned before.
  Status status() const noexcept { return status_; }

 private:
  Status status_;
};

/// Calls the runtime, lets planned faults strike, and throws RuntimeError for what fails. Thread-safe.
///
/// After a sticky error, an overrun deadline or Queue::drain() in vain the runtime is poisoned: all calls throw at
/// once, and the destructors of queues, events and memory let go of what they own without a call. Work and memory that
/// the device had then may stay busy for ever; nothing waits for it but CUDA itself, in handlers that exit() runs: a
/// program that finds is_poisoned() flushes its files and ends by std::quick_exit or _exit.
class Runtime {
 public:
  explicit Runtime(RuntimeApi& api) : api_(api) {}

  /// `call` takes the RuntimeApi and returns a status. `describe` returns what the call does to what, such as
  /// "allocating 4 bytes on NVIDIA H200", for the error; it is called only then.
  template <class Call, class Describe>
  void call(Operation operation, const Call& call, const Describe& describe) {
    const Status status = attempt(operation, call, describe);
    if (status != status::success) fail(describe(), status);
  }

  /// The same, but returns false where the call answers with `expected`, such as status::not_ready.
  template <class Call, class Describe>
  bool call_unless(Status expected, Operation operation, const Call& call, const Describe& describe) {
    const Status status = attempt(operation, call, describe);
    if (status == status::success) return true;
    if (status != expected) fail(describe(), status);
    api_.clear_error();
    return false;
  }

  /// For destructors: does nothing where the runtime is poisoned, and throws nothing.
  template <class Call>
  void release(const Call& call) noexcept {
    if (!is_poisoned()) note_release(call(api_));
  }

  bool is_poisoned() const noexcept { return poisoned_; }
  std::string poison_reason() const;  ///< empty where it is not poisoned
  /// The first reason counts.
  void poison(const std::string& reason);

  Faults& faults() { return faults_; }
  /// For tests: plans no fault, and undoes the poisoning where only a planned fault is behind it.
  void reset_faults();

  RuntimeApi& api() { return api_; }  ///< for status names and the like: not for calls that may fail

 private:
  template <class Call, class Describe>
  Status attempt(Operation operation, const Call& call, const Describe& describe) {
    if (is_poisoned()) refuse(describe());
    const Status fault = faults_.next(operation);
    return fault != status::success ? fault : Status{call(api_)};
  }

  [[noreturn]] void refuse(const std::string& what) const;
  [[noreturn]] void fail(const std::string& what, Status status);
  void note_release(Status status) noexcept;

  RuntimeApi& api_;
  Faults faults_;
  mutable std::mutex mutex_;
  std::string reason_;  // guarded by mutex_
  std::atomic<bool> poisoned_ = false;
};

/// Makes a device current in this thread, and what was current before when it ends.
class CurrentDevice {
 public:
  CurrentDevice(Runtime& runtime, int device);
  ~CurrentDevice();
  CurrentDevice(const CurrentDevice&) = delete;
  CurrentDevice& operator=(const CurrentDevice&) = delete;

 private:
  Runtime& runtime_;
  int previous_ = 0;
  bool changed_ = false;
};

/// The runtime that this process shares; null in a build without CUDA. It is never destroyed.
Runtime* process_runtime();

/// For tests: process_runtime() will use `api`, which outlives the process. Only before its first call.
void replace_toolkit(RuntimeApi& api);

/// Whether this process has stopped using CUDA after a failure: see Runtime.
bool is_poisoned();

}  // namespace anneal::device::cuda
