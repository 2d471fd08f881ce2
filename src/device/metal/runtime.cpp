#include "device/metal/runtime.h"

#include <fmt/core.h>

#include <algorithm>

#include "device/metal/toolkit.h"

namespace anneal::device::metal {
namespace {

std::string_view fix_for(Status status) {
  if (status == status::out_of_memory) return "use smaller batches, or free memory";
  if (is_loss_of_device(status)) return "the device is not used again in this process; another backend can do the work";
  if (is_sticky(status)) return "Metal is not used again in this process; another backend can do the work";
  return "choose another backend if this goes on";
}

}  // namespace

Runtime& Runtime::of_device(int ordinal) {
  if (whole_ != nullptr) return whole_->of_device(ordinal);
  const std::scoped_lock lock(mutex_);
  std::unique_ptr<Runtime>& part = parts_[ordinal];
  if (!part) part.reset(new Runtime(this));
  return *part;
}

std::string Runtime::poison_reason() const {
  {
    const std::scoped_lock lock(mutex_);
    if (poisoned_) return reason_;
  }
  return whole_ == nullptr ? "" : whole_->poison_reason();
}

void Runtime::poison(const std::string& reason) {
  const std::scoped_lock lock(mutex_);
  if (poisoned_) return;
  reason_ = reason;
  poisoned_ = true;
}

bool Runtime::has_poisoned_part() const {
  const std::scoped_lock lock(mutex_);
  return std::ranges::any_of(parts_, [](const auto& part) { return part.second->is_poisoned(); });
}

void Runtime::forget_poisoning() {
  const std::scoped_lock lock(mutex_);
  poisoned_ = false;
  reason_.clear();
  for (const auto& [ordinal, part] : parts_) part->forget_poisoning();
}

void Runtime::reset_faults() {
  if (faults().has_struck()) whole().forget_poisoning();
  faults().reset();
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
  if (is_sticky(outcome.status)) (is_loss_of_device(outcome.status) ? *this : whole()).poison(message);
  const bool is_memory = outcome.status == status::out_of_memory;
  throw RuntimeError(is_memory ? ErrorCode::out_of_memory : ErrorCode::device_failed, message, outcome.status);
}

Runtime* process_runtime() {
  // Never destroyed: memory may be given back by other destructors at exit.
  static Runtime* const runtime = toolkit_api() == nullptr ? nullptr : new Runtime(*toolkit_api());
  return runtime;
}

bool is_poisoned() {
  const Runtime* const runtime = process_runtime();
  return runtime != nullptr && (runtime->is_poisoned() || runtime->has_poisoned_part());
}

}  // namespace anneal::device::metal
