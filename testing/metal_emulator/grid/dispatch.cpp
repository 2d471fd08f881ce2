#include "grid/dispatch.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "check/checker.h"
#include "grid/group_order.h"
#include "grid/threadgroup.h"

namespace metal_emulator {
namespace {

Extent groups_of(const Dispatch& dispatch) {
  const auto groups = [](std::uint32_t threads, std::uint32_t group) { return (threads - 1) / group + 1; };
  return {groups(dispatch.threads.x, dispatch.group.x), groups(dispatch.threads.y, dispatch.group.y),
          groups(dispatch.threads.z, dispatch.group.z)};
}

/// Threadgroups of a dispatch, which workers take one after the other.
class GroupWork {
 public:
  GroupWork(const Dispatch& dispatch, const Settings& settings, Checker* checker)
      : dispatch_(dispatch), settings_(settings), checker_(checker), groups_(groups_of(dispatch)),
        total_(std::uint64_t{groups_.x} * groups_.y * groups_.z), order_(settings.order, settings.seed, total_) {}

  std::uint64_t total() const { return total_; }
  const std::string& failure() const { return failure_; }

  void help() {
    Threadgroup threadgroup(dispatch_, groups_, settings_, checker_);
    for (std::uint64_t number = next_++; number < total_ && !has_failed_; number = next_++) {
      const std::uint64_t index = order_.group(number);
      const std::string& failure = threadgroup.run(index);
      if (!failure.empty()) fail(failure + " (threadgroup " + std::to_string(index) + ")");
    }
  }

 private:
  void fail(const std::string& text) {
    const std::lock_guard lock(mutex_);
    if (failure_.empty()) failure_ = text;
    has_failed_ = true;
  }

  const Dispatch& dispatch_;
  const Settings& settings_;
  Checker* checker_;
  const Extent groups_;
  const std::uint64_t total_;
  const GroupOrder order_;
  std::atomic<std::uint64_t> next_{0};
  std::atomic<bool> has_failed_{false};
  std::mutex mutex_;
  std::string failure_;
};

std::string run_with_workers(GroupWork& work, unsigned wanted) {
  const auto workers = static_cast<unsigned>(std::min<std::uint64_t>(wanted, work.total()));
  std::vector<std::thread> others;
  for (unsigned k = 1; k < workers; ++k) others.emplace_back([&work] { work.help(); });
  work.help();
  for (std::thread& other : others) other.join();
  return work.failure();
}

}  // namespace

std::string run(const Dispatch& dispatch, const Settings& settings) {
  if (settings.checks) {
    const CheckedDispatch checked(dispatch);
    GroupWork work(dispatch, settings, &checked.checker());
    return run_with_workers(work, 1);
  }
  GroupWork work(dispatch, settings, nullptr);
  const unsigned processors = std::max(1u, std::thread::hardware_concurrency());
  return run_with_workers(work, settings.workers != 0 ? settings.workers : processors);
}

}  // namespace metal_emulator
