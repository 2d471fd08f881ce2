#include "device/cpu/queue.h"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>

namespace anneal::device::cpu {

namespace {

// An arena of more makes TBB print a warning.
int allowed_threads(int threads) {
  const auto most = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
  return std::min(threads, static_cast<int>(std::min<std::size_t>(most, std::numeric_limits<int>::max())));
}

}  // namespace

// The threads behind parallel_for.
class Queue::Workers {
 public:
  explicit Workers(int threads) : threads_(allowed_threads(threads)), arena_(threads_) {}

  int threads() const { return threads_; }
  // An arena of one has a second slot for enqueued work, so a single thread does without it.
  int slot() const { return threads_ == 1 ? 0 : tbb::this_task_arena::current_thread_index(); }

  void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body) {
    if (threads_ == 1) {
      const std::scoped_lock lock(single_thread_);
      for (std::size_t i = 0; i < count; ++i) body(i);
      return;
    }
    if (inside == this) {
      inner_loop(count, body);
    } else {
      outer_loop(count, body);
    }
  }

 private:
  // While the thread runs a body.
  class Inside {
   public:
    explicit Inside(const Workers* workers) : before_(std::exchange(inside, workers)) {}
    ~Inside() { inside = before_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    const Workers* before_;
  };

  void outer_loop(std::size_t count, const std::function<void(std::size_t)>& body) {
    std::atomic<std::size_t> left = count;
    waiting_ += count;
    try {
      arena_.execute([&] {
        loop(count, [&](std::size_t i) {
          --left;
          --waiting_;
          body(i);
        });
      });
    } catch (...) {
      waiting_ -= left;
      throw;
    }
  }

  void inner_loop(std::size_t count, const std::function<void(std::size_t)>& body) {
    if (waiting_ >= static_cast<std::size_t>(threads_)) {  // nobody is free to help
      for (std::size_t i = 0; i < count; ++i) body(i);
      return;
    }
    // Without isolation a thread that waits for an inner loop may start an outer body on top of the one it is in.
    arena_.execute([&] { tbb::this_task_arena::isolate([&] { loop(count, body); }); });
  }

  template <class Body>
  void loop(std::size_t count, const Body& body) {
    tbb::parallel_for(
        std::size_t{0}, count,
        [&](std::size_t i) {
          const Inside here(this);
          body(i);
        },
        tbb::simple_partitioner());
  }

  static inline thread_local const Workers* inside = nullptr;
  std::atomic<std::size_t> waiting_{0};  // bodies of outer loops that have not begun
  int threads_;
  tbb::task_arena arena_;
  std::recursive_mutex single_thread_;
};

// Runs submitted tasks one after the other in a thread of its own, which starts with the first of them.
class Queue::Sequence {
 public:
  ~Sequence() {
    {
      const std::scoped_lock lock(mutex_);
      closing_ = true;
      changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }

  // Tasks that `always` run do so even after an earlier one has failed.
  void push(std::function<void()> task, bool always = false) {
    const std::scoped_lock lock(mutex_);
    tasks_.push_back({std::move(task), always});
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    changed_.notify_all();
  }

  void synchronize() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return tasks_.empty() && !busy_; });
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  struct Task {
    std::function<void()> run;
    bool always;
  };

  void run() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return !tasks_.empty() || closing_; });
      if (tasks_.empty()) return;
      Task task = std::move(tasks_.front());
      tasks_.pop_front();
      if (error_ && !task.always) continue;
      busy_ = true;
      lock.unlock();
      std::exception_ptr error = run_one(task);
      lock.lock();
      busy_ = false;
      if (error && !error_) error_ = std::move(error);
      changed_.notify_all();
    }
  }

  static std::exception_ptr run_one(Task& task) {
    std::exception_ptr error;
    try {
      task.run();
    } catch (...) {
      error = std::current_exception();
    }
    task.run = nullptr;  // what it captured ends before synchronize() returns
    return error;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  std::exception_ptr error_;
  bool busy_ = false;
  bool closing_ = false;
  std::thread thread_;
};

Queue::Queue(int threads) : workers_(std::make_unique<Workers>(threads)), sequence_(std::make_unique<Sequence>()) {}

Queue::~Queue() = default;

int Queue::threads() const { return workers_->threads(); }

int Queue::slot() const { return workers_->slot(); }

void Queue::parallel_for(std::size_t count, const std::function<void(std::size_t)>& body) {
  workers_->parallel_for(count, body);
}

void Queue::submit(std::function<void()> task) { sequence_->push(std::move(task)); }

void Queue::copy(void* to, const void* from, std::size_t bytes) {
  if (bytes == 0) return;
  submit([=] { std::memcpy(to, from, bytes); });
}

void Queue::synchronize() { sequence_->synchronize(); }

std::shared_ptr<const Event> Queue::record() {
  auto event = std::make_shared<HostEvent>();
  sequence_->push([event] { event->complete(); }, true);
  return event;
}

void Queue::wait(std::shared_ptr<const Event> event) {
  sequence_->push([event = std::move(event)] { event->wait(); });
}

}  // namespace anneal::device::cpu
