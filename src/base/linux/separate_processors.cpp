#include "base/separate_processors.h"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace anneal::base {
namespace {

// That this thread may use; nothing where there are more than a set holds.
std::optional<cpu_set_t> usable_by_this_thread() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return std::nullopt;
  return set;
}

}  // namespace

SeparateProcessors::SeparateProcessors() { taken_.push_back({maker_, sched_getcpu()}); }

void SeparateProcessors::take_one() {
  if (std::this_thread::get_id() == maker_) {
    give_way();
  } else {
    move_if_shared();
  }
}

void SeparateProcessors::give_way() {
  if (has_given_way_) return;
  has_given_way_ = true;
  const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(50);
  do {
    sched_yield();
    const std::scoped_lock lock(mutex_);
    if (taken_.size() > 1) return;
  } while (std::chrono::steady_clock::now() < end);
}

void SeparateProcessors::move_if_shared() {
  const std::thread::id thread = std::this_thread::get_id();
  const std::scoped_lock lock(mutex_);
  if (std::ranges::find(taken_, thread, &Taken::thread) != taken_.end()) return;
  const int processor = sched_getcpu();
  const auto is_taken = [this](int other) {
    return std::ranges::find(taken_, other, &Taken::processor) != taken_.end();
  };
  if (const auto usable = usable_by_this_thread(); usable && is_taken(processor)) {
    cpu_set_t free = *usable;
    for (const Taken& other : taken_) CPU_CLR(static_cast<std::size_t>(other.processor), &free);
    if (CPU_COUNT(&free) > 0 && sched_setaffinity(0, sizeof(free), &free) == 0) {
      sched_setaffinity(0, sizeof(*usable), &*usable);
    }
  }
  taken_.push_back({thread, sched_getcpu()});
}

}  // namespace anneal::base
