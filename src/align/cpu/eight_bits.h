// Whether long local pairs are worth trying at 8 bits.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "align/cpu/plan.h"

namespace anneal::align::cpu {

/// Learns from how many overflowed so far. Used by several threads at once.
class EightBits {
 public:
  bool seldom_suffice(const Item& item) const {
    const std::uint64_t overflowed = overflowed_.load(std::memory_order_relaxed);
    return concerns(item) && 4 * overflowed > 3 * tried_.load(std::memory_order_relaxed);
  }
  void note(const Item& item, bool overflowed) {
    if (!concerns(item)) return;
    tried_.fetch_add(1, std::memory_order_relaxed);
    if (overflowed) overflowed_.fetch_add(1, std::memory_order_relaxed);
  }

 private:
  static bool concerns(const Item& item) { return item.width == width8 && std::min(item.rows, item.columns) >= 256; }

  std::atomic<std::uint64_t> tried_{0};
  std::atomic<std::uint64_t> overflowed_{0};
};

}  // namespace anneal::align::cpu
