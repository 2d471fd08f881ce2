// What one call of CudaEngine::execute has of a device.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "align/cuda/gpu.h"
#include "align/cuda/stage.h"

namespace anneal::align::cuda {

/// What all devices of a call have in common.
struct CallParts {
  Run& run;
  const HostLetters& host_letters;
  const LetterTable& letters;
  const Encoder& encoder;
  const DeviceLetters* device_letters = nullptr;  ///< as in Stage
};

/// Thread-safe. Calls throw what the runtime throws.
class GpuCall {
 public:
  /// A queue while a chunk uses it.
  class Loan {
   public:
    explicit Loan(GpuCall& gpu) : gpu_(gpu), queue_(gpu.take()) {}
    ~Loan() { gpu_.put_back(queue_); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    device::cuda::Queue& queue() const { return queue_; }

   private:
    GpuCall& gpu_;
    device::cuda::Queue& queue_;
  };

  /// Neither calls CUDA nor throws. A chunk may use 1 / `chunks` of half the device's memory for what it can do with
  /// less of.
  GpuCall(Gpu& gpu, const CallParts& parts, std::size_t chunks) : gpu_(gpu), parts_(parts), chunks_(chunks) {}
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
  /// It failed at what another device could do, and is given up where that goes on.
  void note_failure() {
    if (++failures_ >= most_failures) give_up();
  }
  /// In which kernels that fill matrices ran, once all work is done.
  double kernel_seconds() const { return clock_ ? clock_->seconds() : 0; }

 private:
  static constexpr int most_failures = 3;

  device::cuda::Queue& take();
  void put_back(device::cuda::Queue& queue) noexcept;

  Gpu& gpu_;
  const CallParts& parts_;
  std::size_t chunks_;
  std::atomic<int> users_{0};
  std::mutex start_mutex_;
  std::mutex queue_mutex_;
  Queues queues_;
  std::vector<device::cuda::Queue*> idle_;
  std::optional<Scorings> scorings_;
  std::optional<DeviceClock> clock_;
  std::unique_ptr<Stage> stage_;
  std::atomic<bool> is_given_up_{false};
  std::atomic<int> failures_{0};
};

}  // namespace anneal::align::cuda
