// Threads that work on one thing together.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "device/queue.h"

namespace anneal::device::cpu {

class Queue final : public device::Queue {
 public:
  /// `threads` >= 1 is the total for parallel_for, the calling thread included. It is cut to what TBB allows this
  /// process, which is the number of processors unless the program set tbb::global_control.
  explicit Queue(int threads);
  ~Queue() override;

  int threads() const;

  /// Calls `body` once for each index below `count`, in any order, and returns when all calls have. The caller works
  /// too; calls from several threads at once share the same `threads()`. May be nested, and called from a submitted
  /// task. Where a call throws, the rest is dropped and the exception of one call rethrown.
  void parallel_for(std::size_t count, const std::function<void(std::size_t index)>& body);

  /// Inside parallel_for's body: a number below threads() that no other running body has, for scratch memory per
  /// thread. A body that nests parallel_for finds its own slot's memory in use by the inner bodies.
  int slot() const;

  void submit(std::function<void()> task) override;
  void copy(void* to, const void* from, std::size_t bytes) override;
  void synchronize() override;
  std::shared_ptr<const Event> record() override;
  void wait(std::shared_ptr<const Event> event) override;

 private:
  class Workers;
  class Sequence;
  std::unique_ptr<Workers> workers_;
  std::unique_ptr<Sequence> sequence_;
};

}  // namespace anneal::device::cpu
