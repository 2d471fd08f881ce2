// Threads of one computation, each on a processor of its own.
//
// Linux may leave a thread that it wakes on the processor of the thread that woke it, though others are idle, until it
// balances their load: for 4 to 20 ms, in which a computation of 1 to 10 ms has as good as one processor.
#pragma once

#include <mutex>
#include <thread>
#include <vector>

namespace anneal::base {

/// Of one computation. Thread-safe. Does nothing but on Linux.
class SeparateProcessors {
 public:
  /// The calling thread takes the processor that it is on.
  SeparateProcessors();

  /// To be called by each thread when it begins with a part of the work. The first time, one that finds itself on
  /// another's processor moves to one that is free, if it may use any; it stays where it may be moved to any other.
  /// The thread that made this gives way first, for some 50 us at most, so that those behind it can move.
  void take_one();

 private:
  struct Taken {
    std::thread::id thread;
    int processor;
  };

  void give_way();
  void move_if_shared();

  const std::thread::id maker_ = std::this_thread::get_id();
  bool has_given_way_ = false;  // the maker's own
  std::mutex mutex_;
  std::vector<Taken> taken_;
};

}  // namespace anneal::base
