// In which order a dispatch's threadgroups are run.
#pragma once

#include <cstdint>

#include "include/metal_emulator.h"

namespace metal_emulator {

class GroupOrder {
 public:
  GroupOrder(Order order, std::uint32_t seed, std::uint64_t total);

  /// The threadgroup that is run as the `number`-th, from 0: each is so once.
  std::uint64_t group(std::uint64_t number) const { return (first_ + number * step_) % total_; }

 private:
  std::uint64_t total_;
  std::uint64_t first_ = 0;
  std::uint64_t step_ = 1;  // without common divisors with the total
};

}  // namespace metal_emulator
