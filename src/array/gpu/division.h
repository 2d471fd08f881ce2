// Division by numbers that are the same for all threads, as a multiplication.
#pragma once

#include <cstdint>

namespace anneal::array::gpu {

/// The quotient of n below 2^31 is (n * multiplier / 2^32 + n) / 2^shift, each rounded down. Granlund and Montgomery,
/// "Division by invariant integers using multiplication", 1994. For divisors of 1 .. 2^31.
struct Division {
  explicit Division(std::int64_t divisor) {
    while ((std::int64_t{1} << shift) < divisor) ++shift;
    multiplier = (std::int64_t{1} << 32) * ((std::int64_t{1} << shift) - divisor) / divisor + 1;
  }

  std::int64_t multiplier;
  std::int64_t shift = 0;
};

}  // namespace anneal::array::gpu
