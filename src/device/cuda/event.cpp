#include "device/cuda/event.h"

#include <fmt/core.h>

#include <algorithm>
#include <thread>

namespace anneal::device::cuda {
namespace {

using std::chrono::nanoseconds;
using std::chrono::steady_clock;

// Short work is waited for awake, long work asleep.
void pause(nanoseconds waited) {
  constexpr nanoseconds awake = std::chrono::microseconds{100};
  constexpr nanoseconds longest = std::chrono::microseconds{200};
  if (waited < awake) {
    std::this_thread::yield();
  } else {
    std::this_thread::sleep_for(std::min(longest, waited / 10));
  }
}

}  // namespace

Event::Event(std::shared_ptr<EventPool> pool, StreamHandle stream, std::string after, nanoseconds deadline, bool timed)
    : pool_(std::move(pool)), after_(std::move(after)), deadline_(deadline), timed_(timed),
      handle_(pool_->take(timed, after_)) {
  try {
    const CurrentDevice current(runtime(), pool_->device());
    runtime().call(
        Operation::event, [&](RuntimeApi& api) { return api.record_event(handle_, stream); },
        [this] { return fmt::format("recording an event after {}", after_); });
  } catch (...) {
    pool_->give_back(handle_, timed_);
    throw;
  }
}

Event::~Event() { pool_->give_back(handle_, timed_); }

bool Event::is_done() const {
  return runtime().call_unless(
      status::not_ready, Operation::query, [this](RuntimeApi& api) { return api.query_event(handle_); },
      [this] { return after_; });
}

bool Event::wait_for(nanoseconds time) const {
  const auto begin = steady_clock::now();
  while (!is_done()) {
    const nanoseconds waited = steady_clock::now() - begin;
    if (waited >= time) return false;
    pause(waited);
  }
  return true;
}

void Event::wait() const {
  if (wait_for(deadline_)) return;
  const std::string message =
      fmt::format("{} is not done after {:.3g} s, which is its deadline; CUDA is not used again in this process",
                  after_, std::chrono::duration<double>(deadline_).count());
  runtime().poison(message);
  throw RuntimeError(ErrorCode::device_failed, message, status::success);
}

double Event::elapsed_since(const Event& earlier) const {
  float milliseconds = 0;
  runtime().call(
      Operation::query, [&](RuntimeApi& api) { return api.elapsed(milliseconds, earlier.handle_, handle_); },
      [this] { return fmt::format("measuring the time of {}", after_); });
  return milliseconds / 1000.0;
}

}  // namespace anneal::device::cuda
