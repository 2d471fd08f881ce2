// Host functions in a stream, and their errors.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace anneal::device::cuda {

/// The tasks of one queue. After close() none runs any more, however late CUDA may call.
class HostTasks : public std::enable_shared_from_this<HostTasks> {
 public:
  using Callback = void (*)(void*);

  /// What cudaLaunchHostFunc takes: `run` has to be called once with `data`, or `drop`.
  struct Entry {
    Callback run;
    void* data;
  };
  Entry add(std::function<void()> task) { return {&HostTasks::run, new Pending{shared_from_this(), std::move(task)}}; }
  static void drop(const Entry& entry) { delete static_cast<Pending*>(entry.data); }

  /// Returns when no task is running.
  void close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }

  /// The first exception since the last call, or null.
  std::exception_ptr take_error() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(error_, nullptr);
  }

 private:
  struct Pending {
    std::shared_ptr<HostTasks> tasks;
    std::function<void()> task;
  };

  static void run(void* data) {
    const std::unique_ptr<Pending> pending(static_cast<Pending*>(data));
    HostTasks& tasks = *pending->tasks;
    const std::scoped_lock lock(tasks.mutex_);
    if (tasks.closed_ || tasks.error_) return;
    try {
      pending->task();
    } catch (...) {
      tasks.error_ = std::current_exception();
    }
    pending->task = nullptr;
  }

  std::mutex mutex_;  // held while a task runs
  std::exception_ptr error_;
  bool closed_ = false;
};

}  // namespace anneal::device::cuda
