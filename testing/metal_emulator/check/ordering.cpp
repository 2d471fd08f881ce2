#include "check/ordering.h"

namespace metal_emulator {

void Ordering::begin_threadgroup() {
  ++time_;
  threadgroup_start_ = time_;
  last_barrier_ = {};
  for (Barriers& barriers : last_simdgroup_barrier_) barriers = {};
}

void Ordering::advance(unsigned memory_flags, Barriers& barriers) {
  ++time_;
  if ((memory_flags & flag_device) != 0) barriers.last[static_cast<int>(Space::device)] = time_;
  if ((memory_flags & flag_threadgroup) != 0) barriers.last[static_cast<int>(Space::threadgroup)] = time_;
}

bool Ordering::is_ordered(Stamp earlier, std::uint32_t thread, Space space) const {
  const std::uint64_t time = earlier.time();
  if (time < dispatch_start_) return true;
  if (!is_in_this_threadgroup(earlier)) return space == Space::threadgroup;  // it has memory of its own
  if (earlier.thread() == thread) return true;
  const int index = static_cast<int>(space);
  if (time < last_barrier_.last[index]) return true;
  const std::uint32_t simdgroup = thread / simd_width;
  return earlier.thread() / simd_width == simdgroup && time < last_simdgroup_barrier_[simdgroup].last[index];
}

}  // namespace metal_emulator
