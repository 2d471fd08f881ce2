#include "device/cuda/runtime.h"

#include <fmt/core.h>

#include "device/cuda/toolkit.h"

namespace anneal::device::cuda {
namespace {

std::string_view fix_for(Status status) {
  if (status == status::out_of_memory) return "use smaller batches, or free memory";
  if (is_sticky(status)) return "CUDA is not used again in this process; another backend can do the work";
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
      fmt::format("{} was not tried, since CUDA failed before in this process: {}", what, poison_reason()),
      status::success);
}

void Runtime::fail(const std::string& what, Status status) {
  const std::string message = fmt::format("{} failed: {} ({}, {}); {}", what, api_.status_text(status),
                                          api_.status_name(status), status, fix_for(status));
  if (is_sticky(status)) {
    poison(message);
  } else {
    api_.clear_error();
  }
  throw RuntimeError(status == status::out_of_memory ? ErrorCode::out_of_memory : ErrorCode::device_failed, message,
                     status);
}

void Runtime::note_release(Status status) noexcept {
  if (status == status::success) return;
  try {
    if (is_sticky(status)) {
      poison(fmt::format("{} ({})", api_.status_text(status), api_.status_name(status)));
    } else {
      api_.clear_error();
    }
  } catch (...) {
    poisoned_ = true;
  }
}

CurrentDevice::CurrentDevice(Runtime& runtime, int device) : runtime_(runtime) {
  const auto describe = [device] { return fmt::format("choosing CUDA device {}", device); };
  runtime.call(Operation::setup, [this](RuntimeApi& api) { return api.get_device(previous_); }, describe);
  if (previous_ == device) return;
  runtime.call(Operation::setup, [device](RuntimeApi& api) { return api.set_device(device); }, describe);
  changed_ = true;
}

CurrentDevice::~CurrentDevice() {
  if (changed_) runtime_.release([this](RuntimeApi& api) { return api.set_device(previous_); });
}

namespace {

RuntimeApi* replacement = nullptr;

}  // namespace

Runtime* process_runtime() {
  RuntimeApi* const api = replacement != nullptr ? replacement : toolkit_api();
  // Never destroyed: memory may be given back by other destructors at exit.
  static Runtime* const runtime = api == nullptr ? nullptr : new Runtime(*api);
  return runtime;
}

void replace_toolkit(RuntimeApi& api) { replacement = &api; }

bool is_poisoned() { return process_runtime() != nullptr && process_runtime()->is_poisoned(); }

}  // namespace anneal::device::cuda
