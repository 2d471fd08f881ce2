#include "device/metal/event.h"

#include <fmt/core.h>

#include <algorithm>

namespace anneal::device::metal {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

bool Event::is_done() const {
  bool done = false;
  std::exception_ptr error;
  {
    const std::scoped_lock lock(mutex_);
    done = done_;
    error = error_;
  }
  const bool answer = runtime_.call_unless(
      status::not_ready, Operation::query,
      [done](RuntimeApi&) { return Outcome{done ? status::success : status::not_ready, {}}; },
      [this] { return after_; });
  if (answer && error) std::rethrow_exception(error);
  return answer;
}

bool Event::wait_for(nanoseconds time) const {
  constexpr nanoseconds longest = std::chrono::milliseconds{10};  // then others may have poisoned the runtime
  const auto begin = steady_clock::now();
  while (!is_done()) {
    const nanoseconds waited = steady_clock::now() - begin;
    if (waited >= time) return false;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::min(longest, time - waited), [this] { return done_; });
  }
  return true;
}

void Event::wait() const {
  if (wait_for(deadline_)) return;
  const std::string message =
      fmt::format("{} is not done after {:.3g} s, which is its deadline; the device is not used again in this process",
                  after_, std::chrono::duration<double>(deadline_).count());
  runtime_.poison(message);
  throw RuntimeError(ErrorCode::device_failed, message, status::success);
}

void Event::complete(std::exception_ptr error) {
  const std::scoped_lock lock(mutex_);
  error_ = std::move(error);
  done_ = true;
  changed_.notify_all();
}

}  // namespace anneal::device::metal
