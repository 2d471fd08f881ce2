// Work that several threads do ahead, and that is taken in the order in which it was started.
#pragma once

#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace anneal::io {

/// A bounded number of jobs in flight. One thread starts and takes them, and works itself while it waits. A Job has
/// run(), which is called once per start(); jobs are used again, so that they keep their memory.
template <typename Job>
class TaskRing {
 public:
  /// 1 or more threads, the caller's included, as far as oneTBB has them; with one, start() does the job.
  explicit TaskRing(int threads) : threads_(available(threads)), arena_(threads_), slots_(slots_for(threads_)) {}

  ~TaskRing() {
    for (Slot& slot : slots_) finish(slot);
  }
  TaskRing(const TaskRing&) = delete;
  TaskRing& operator=(const TaskRing&) = delete;

  bool empty() const { return started_ == taken_; }
  bool is_full() const { return started_ - taken_ == slots_.size(); }

  /// The job that start() starts next. Only while the ring is not full.
  Job& next() { return slots_[started_ % slots_.size()].job; }

  void start() {
    Slot& slot = slots_[started_++ % slots_.size()];
    if (threads_ == 1) return slot.job.run();
    if (slot.group == nullptr) slot.group = std::make_unique<tbb::task_group>();
    arena_.execute([&slot] { slot.group->run([&slot] { slot.job.run(); }); });
  }

  /// The job that was started first, when it is done; it stays until pop(). Throws what its run() threw.
  Job& front() {
    Slot& slot = slots_[taken_ % slots_.size()];
    wait(slot);
    return slot.job;
  }
  void pop() { ++taken_; }

 private:
  struct Slot {
    Job job;
    std::unique_ptr<tbb::task_group> group;
  };

  static int available(int threads) {
    const std::size_t most = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
    return static_cast<int>(std::min(static_cast<std::size_t>(threads), most));
  }

  // Enough for every thread to find work while the results of others wait for their turn.
  static std::size_t slots_for(int threads) {
    constexpr std::size_t most = 32;  // a bound of the memory
    return threads == 1 ? 1 : std::min(2 * static_cast<std::size_t>(threads) + 2, most);
  }

  void wait(Slot& slot) {
    if (slot.group != nullptr) arena_.execute([&slot] { slot.group->wait(); });
  }

  // For the end: whoever wanted to know what failed has asked.
  void finish(Slot& slot) noexcept {
    try {
      wait(slot);
    } catch (...) {
      static_cast<void>(slot);
    }
  }

  const int threads_;
  tbb::task_arena arena_;
  std::vector<Slot> slots_;
  std::size_t started_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace anneal::io
