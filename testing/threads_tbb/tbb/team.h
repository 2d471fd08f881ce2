// Slots, and teams of threads that hold them: what the other headers here are made of.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tbb::team {

inline int hardware_threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

/// A number of slots, each held by one thread at a time.
class Slots {
 public:
  explicit Slots(int count) : taken_(static_cast<std::size_t>(count), false) {}
  int count() const { return static_cast<int>(taken_.size()); }

  /// The lowest free slot, or -1.
  int try_acquire() {
    const std::lock_guard lock(mutex_);
    return take();
  }
  int acquire() {
    std::unique_lock lock(mutex_);
    int slot = -1;
    released_.wait(lock, [&] { return (slot = take()) >= 0; });
    return slot;
  }
  void release(int slot) {
    const std::lock_guard lock(mutex_);
    taken_[static_cast<std::size_t>(slot)] = false;
    released_.notify_one();
  }

 private:
  int take() {
    const auto free = std::find(taken_.begin(), taken_.end(), false);
    if (free == taken_.end()) return -1;
    *free = true;
    return static_cast<int>(free - taken_.begin());
  }

  std::mutex mutex_;
  std::condition_variable released_;
  std::vector<bool> taken_;
};

/// Where a thread is: in the slot of an arena, and perhaps inside a parallel call, which does not nest.
struct Place {
  Slots* arena = nullptr;
  int slot = 0;
  bool in_parallel = false;
};

inline Place& here() {
  thread_local Place place;
  return place;
}

/// Puts this thread elsewhere for the scope, and gives up the slot at its end.
class Visit {
 public:
  Visit(Slots& arena, int slot, bool in_parallel) : saved_(here()) { here() = {&arena, slot, in_parallel}; }
  ~Visit() {
    here().arena->release(here().slot);
    here() = saved_;
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

 private:
  Place saved_;
};

/// Calls function() in a slot of the arena, waiting for one if need be.
template <typename Function>
decltype(auto) enter(Slots& arena, Function&& function) {
  if (here().arena == &arena) return function();
  const Visit visit(arena, arena.acquire(), false);
  return function();
}

inline Slots& default_arena() {
  static Slots arena(hardware_threads());
  return arena;
}

/// Keeps the first exception that any thread of a team throws.
class Failure {
 public:
  void keep() {
    const std::lock_guard lock(mutex_);
    if (!first_) first_ = std::current_exception();
  }
  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr first_;
};

/// Calls work() on this thread and on up to `wanted` - 1 more, as many as the arena has free slots. work must not
/// throw.
template <typename Work>
void gather(std::size_t wanted, const Work& work) {
  enter(here().arena != nullptr ? *here().arena : default_arena(), [&] {
    Slots& arena = *here().arena;
    std::vector<std::thread> threads;
    while (!here().in_parallel && threads.size() + 1 < wanted) {
      const int slot = arena.try_acquire();
      if (slot < 0) break;
      threads.emplace_back([&arena, &work, slot] {
        const Visit visit(arena, slot, true);
        work();
      });
    }
    const bool nested = here().in_parallel;
    here().in_parallel = true;
    work();
    here().in_parallel = nested;
    for (std::thread& thread : threads) thread.join();
  });
}

/// Calls body(task) for every task in [0, tasks), and rethrows the first exception when all threads have stopped.
template <typename Body>
void run(std::size_t tasks, const Body& body) {
  std::atomic<std::size_t> next{0};
  Failure failure;
  gather(tasks, [&] {
    try {
      for (std::size_t task = next++; task < tasks; task = next++) body(task);
    } catch (...) {
      next = tasks;
      failure.keep();
    }
  });
  failure.rethrow();
}

}  // namespace tbb::team
