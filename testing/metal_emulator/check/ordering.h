// Which accesses to memory happen before which, by barriers alone: whatever the schedule, what they do not order is a
// race.
#pragma once

#include <cstdint>
#include <vector>

#include "check/shadow.h"
#include "msl/stdlib/kernel_abi.h"

namespace metal_emulator {

enum class Space : std::uint8_t { device, threadgroup };

/// The logical clock of checked dispatches, which run one at a time, a threadgroup after the other.
class Ordering {
 public:
  void begin_dispatch(bool runs_beside_previous) {
    ++time_;
    if (!runs_beside_previous) dispatch_start_ = time_;
  }
  void begin_threadgroup();
  void threadgroup_barrier(unsigned memory_flags) { advance(memory_flags, last_barrier_); }
  void simdgroup_barrier(std::uint32_t simdgroup, unsigned memory_flags) {
    advance(memory_flags, last_simdgroup_barrier_[simdgroup]);
  }

  Stamp now(std::uint32_t thread, bool is_atomic) const { return {time_, thread, is_atomic}; }
  /// Whether an earlier access happened before what a thread does now.
  bool is_ordered(Stamp earlier, std::uint32_t thread, Space space) const;
  bool is_in_this_threadgroup(Stamp earlier) const { return earlier.time() >= threadgroup_start_; }

 private:
  struct Barriers {
    std::uint64_t last[2] = {0, 0};  ///< by space
  };
  void advance(unsigned memory_flags, Barriers& barriers);

  std::uint64_t time_ = 1;  // which belongs to the host
  std::uint64_t dispatch_start_ = 1;
  std::uint64_t threadgroup_start_ = 1;
  Barriers last_barrier_;
  Barriers last_simdgroup_barrier_[1024 / simd_width];
};

}  // namespace metal_emulator
