// How long kernels run, on all threads together.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace anneal::align {

class KernelClock {
 public:
  /// Counts the time from its construction to its destruction.
  class Timing {
   public:
    explicit Timing(KernelClock& clock) : clock_(clock) {}
    ~Timing() {
      const auto elapsed = std::chrono::steady_clock::now() - begin_;
      clock_.nanoseconds_.fetch_add(std::chrono::nanoseconds(elapsed).count(), std::memory_order_relaxed);
    }
    Timing(const Timing&) = delete;
    Timing& operator=(const Timing&) = delete;

   private:
    KernelClock& clock_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  };

  double seconds() const { return static_cast<double>(nanoseconds_.load()) * 1e-9; }

 private:
  std::atomic<std::int64_t> nanoseconds_{0};
};

}  // namespace anneal::align
