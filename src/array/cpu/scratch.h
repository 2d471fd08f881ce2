// Memory that is used again.
#pragma once

#include <cstddef>

#include "device/allocation.h"

namespace anneal::array::cpu {

/// Grows as asked for. Aligned to tiles.
class Scratch {
 public:
  /// What was there before is lost. Throws Error(out_of_memory).
  std::byte* reserve(std::size_t bytes) {
    if (bytes > memory_.bytes() || memory_.bytes() > most_kept) {
      memory_ = {};
      memory_ = device::allocate_host(bytes < least ? least : bytes);
    }
    return static_cast<std::byte*>(memory_.data());
  }

 private:
  static constexpr std::size_t least = std::size_t{1} << 16;
  // A thread does not hold more than this for a program that has it no longer.
  static constexpr std::size_t most_kept = std::size_t{1} << 24;
  device::Allocation memory_;
};

}  // namespace anneal::array::cpu
