#pragma once

#include <thread>
#include <vector>

#include "tbb/team.h"

namespace tbb {

/// A fresh thread for each task.
class task_group {
 public:
  task_group() = default;
  task_group(const task_group&) = delete;
  task_group& operator=(const task_group&) = delete;
  ~task_group() { join(); }

  template <typename Function>
  void run(const Function& function) {
    threads_.emplace_back([this, function] {
      try {
        function();
      } catch (...) {
        failure_.keep();
      }
    });
  }

  void wait() {
    join();
    failure_.rethrow();
  }

 private:
  void join() {
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  std::vector<std::thread> threads_;
  team::Failure failure_;
};

}  // namespace tbb
