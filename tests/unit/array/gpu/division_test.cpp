#include "array/gpu/division.h"

#include <gtest/gtest.h>

#include "support/random.h"

namespace anneal::array::gpu {
namespace {

std::uint32_t quotient(std::uint32_t n, const Division& division) {
  const auto high =
      static_cast<std::uint32_t>((std::uint64_t{n} * static_cast<std::uint64_t>(division.multiplier)) >> 32);
  return (high + n) >> division.shift;
}

TEST(ArrayDivision, IsThatOfIntegers) {
  constexpr std::uint32_t highest = 0x7FFFFFFF;
  test::Random random(1);
  for (int k = 0; k < 100'000; ++k) {
    const auto divisor = static_cast<std::uint32_t>(random.below(highest >> random.below(31)) + 1);
    const Division division(divisor);
    const auto multiple = static_cast<std::uint32_t>(random.below(highest / divisor) + 1) * divisor;
    for (const std::uint32_t n : {0u, 1u, divisor - 1, divisor, multiple - 1, multiple, highest,
                                  static_cast<std::uint32_t>(random.below(highest))}) {
      ASSERT_EQ(quotient(n, division), n / divisor) << n << " / " << divisor;
    }
  }
}

}  // namespace
}  // namespace anneal::array::gpu
