#include "device/metal/runtime.h"

#include <fmt/format.h>

#include "device/metal/toolkit.h"

namespace anneal::device::metal {
namespace {

std::string_view fix_for(Status status) {
  if (status == status::out_of_memory) return "use smaller batches, or free memory";
  if (is_sticky(status)) return "Metal is not used again in this process; another backend can do the work";
  return "choose another backend if this goes on";
}

}  // namespace

std::string Runtime::poison_reason() const {
  const std::scoped_lock lock(mutex_);
  return reason_;
}

void Runtime::poison(const std::string& reason) {
  const std::scoped_lock lock(mutex_);
  if (poisoned_) return;
  reason_ = reason;
  poisoned_ = true;
}

void Runtime::reset_faults() {
  const std::scoped_lock lock(mutex_);
  if (faults_.has_struck()) {
    poisoned_ = false;
    reason_.clear();
  }
  faults_.reset();
}

void Runtime::refuse(const std::string& what) const {
  throw RuntimeError(
      ErrorCode::device_failed,
      fmt::format("{} was not tried, since Metal failed before in this process: {}", what, poison_reason()),
      status::success);
}

void Runtime::fail(const std::string& what, const Outcome& outcome) {
  const std::string message = fmt::format("{} failed: {} ({}, {}); {}", what, outcome.message,
                                          status_name(outcome.status), outcome.status, fix_for(outcome.status));
  if (is_sticky(outcome.status)) poison(message);
  const bool is_memory = outcome.status == status::out_of_memory;
  throw RuntimeError(is_memory ? ErrorCode::out_of_memory : ErrorCode::device_failed, message, outcome.status);
}

Runtime* process_runtime() {
  // Never destroyed: memory may be given back by other destructors at exit.
  static Runtime* const runtime = toolkit_api() == nullptr ? nullptr : new Runtime(*toolkit_api());
  return runtime;
}

bool is_poisoned() { return process_runtime() != nullptr && process_runtime()->is_poisoned(); }

}  // namespace anneal::device::metal
