// What one call of Engine::execute has of a device.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "align/encoder.h"
#include "align/gpu/chunk_memory.h"
#include "align/gpu/host_letters.h"
#include "align/letter_table.h"
#include "align/run.h"

namespace anneal::align::gpu {

/// What all devices of a call have in common.
template <class Platform>
struct CallParts {
  Run& run;
  const HostLetters& host_letters;
  const LetterTable& letters;
  const Encoder& encoder;
  const typename Platform::DeviceLetters* device_letters = nullptr;  ///< as in Stage
};

/// Thread-safe. Calls throw what the runtime throws. `Platform` names the classes of a kind of GPU.
template <class Platform>
class GpuCall {
 public:
  using Gpu = typename Platform::Gpu;
  using Queue = typename Platform::Queue;
  using Stage = typename Platform::Stage;

  /// A queue while a chunk uses it.
  class Loan {
   public:
    explicit Loan(GpuCall& gpu) : gpu_(gpu), queue_(gpu.take()) {}
    ~Loan() { gpu_.put_back(queue_); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    Queue& queue() const { return queue_; }

   private:
    GpuCall& gpu_;
    Queue& queue_;
  };

  /// Neither calls the device nor throws. A chunk may use 1 / `chunks` of half the device's memory for what it can do
  /// with less of.
  GpuCall(Gpu& gpu, const CallParts<Platform>& parts, std::size_t chunks) : gpu_(gpu), parts_(parts), chunks_(chunks) {}
  /// No work is on its way any more.
  ~GpuCall();
  GpuCall(const GpuCall&) = delete;
  GpuCall& operator=(const GpuCall&) = delete;

  /// Puts what all chunks need on the device, the first time.
  void start();
  /// Once start() has returned.
  const Stage& stage() const { return *stage_; }

  /// Threads that send it work, over all calls.
  int users() const { return gpu_.users(); }
  /// Counts one more of them, until the call ends.
  void join();

  bool is_usable() const { return !is_given_up_ && !gpu_.device().runtime().is_poisoned(); }
  bool is_given_up() const { return is_given_up_; }
  /// It gets no more chunks.
  void give_up() { is_given_up_ = true; }
  /// It failed, if not for want of memory alone, and is given up where that goes on.
  void note_failure() {
    if (++failures_ >= most_failures) give_up();
  }
  /// In which kernels that fill matrices ran, once all work is done.
  double kernel_seconds() const { return clock_ ? clock_->seconds() : 0; }

 private:
  static constexpr int most_failures = 3;

  Queue& take();
  void put_back(Queue& queue) noexcept;

  Gpu& gpu_;
  const CallParts<Platform>& parts_;
  std::size_t chunks_;
  std::atomic<int> users_{0};
  std::mutex start_mutex_;
  std::mutex queue_mutex_;
  typename Gpu::Queues queues_;
  std::vector<Queue*> idle_;
  std::optional<typename Platform::Scorings> scorings_;
  std::optional<typename Platform::Clock> clock_;
  std::unique_ptr<Stage> stage_;
  std::atomic<bool> is_given_up_{false};
  std::atomic<int> failures_{0};
};

template <class Platform>
GpuCall<Platform>::~GpuCall() {
  gpu_.users() -= users_;
  gpu_.give_back(std::move(queues_));
}

template <class Platform>
void GpuCall<Platform>::join() {
  ++users_;
  ++gpu_.users();
}

template <class Platform>
void GpuCall<Platform>::start() {
  const std::scoped_lock lock(start_mutex_);
  if (stage_) return;
  const Loan loan(*this);
  scorings_.emplace(parts_.run.options(), gpu_, loan.queue());
  clock_.emplace(loan.queue());
  loan.queue().synchronize();
  stage_ = std::make_unique<Stage>(parts_.run, gpu_.device(), gpu_.memory(), gpu_.staging(), parts_.host_letters,
                                   parts_.letters, parts_.encoder, *scorings_, *clock_,
                                   chunk_memory_of(gpu_.memory().usage().limit, chunks_), parts_.device_letters);
}

template <class Platform>
typename GpuCall<Platform>::Queue& GpuCall<Platform>::take() {
  const std::scoped_lock lock(queue_mutex_);
  if (queues_.empty()) {
    queues_ = gpu_.take_queues();
    for (const auto& queue : queues_) idle_.push_back(queue.get());
  }
  if (idle_.empty()) {
    queues_.push_back(std::make_unique<Queue>(gpu_.device()));
    idle_.reserve(queues_.size());  // so that to give one back needs no memory
    return *queues_.back();
  }
  Queue& queue = *idle_.back();
  idle_.pop_back();
  return queue;
}

template <class Platform>
void GpuCall<Platform>::put_back(Queue& queue) noexcept {
  const std::scoped_lock lock(queue_mutex_);
  idle_.push_back(&queue);
}

}  // namespace anneal::align::gpu
