#include "array/half.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::array {
namespace {

// As IEEE 754 defines binary16.
double meaning_of_f16(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const int fraction = bits & 1023;
  const double sign = bits >> 15 != 0 ? -1 : 1;
  if (exponent == 31) return fraction != 0 ? std::nan("") : sign * std::numeric_limits<double>::infinity();
  return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25));
}

TEST(Half, F16IsWhatItsBitsMeanAndComesBack) {
  for (int bits = 0; bits <= 0xFFFF; ++bits) {
    const F16 value{static_cast<std::uint16_t>(bits)};
    const double expected = meaning_of_f16(value.bits);
    if (std::isnan(expected)) {
      ASSERT_TRUE(std::isnan(to_float(value))) << bits;
      ASSERT_TRUE(std::isnan(to_float(to_f16(to_float(value))))) << bits;
    } else {
      ASSERT_EQ(to_float(value), expected) << bits;
      ASSERT_EQ(to_f16(to_float(value)).bits, bits);
    }
  }
}

TEST(Half, BF16ComesBack) {
  for (int bits = 0; bits <= 0xFFFF; ++bits) {
    const BF16 value{static_cast<std::uint16_t>(bits)};
    if (std::isnan(to_float(value))) {
      ASSERT_TRUE(std::isnan(to_float(to_bf16(to_float(value))))) << bits;
    } else {
      ASSERT_EQ(to_bf16(to_float(value)).bits, bits);
    }
  }
}

// The nearest of all finite values, of two the even one: found by its neighbours. What comes after the largest finite
// one counts as if exponents went on, as IEEE 754 says.
template <class H>
void expect_nearest(float value, H rounded, double largest, double step) {
  const double exact = value;
  const double result = to_float(rounded);
  const double distance = std::isinf(result) ? std::abs(largest + step - std::abs(exact)) : std::abs(result - exact);
  if (std::isinf(result)) {
    EXPECT_GE(std::abs(exact), largest + step / 2) << value;
    return;
  }
  EXPECT_EQ(std::signbit(result), std::signbit(exact)) << value;
  for (const int change : {-1, 1}) {
    const H other{static_cast<std::uint16_t>(rounded.bits + change)};
    const double neighbour = to_float(other);
    if (!std::isfinite(neighbour) || std::signbit(neighbour) != std::signbit(result)) continue;
    const double there = std::abs(neighbour - exact);
    EXPECT_LE(distance, there) << value;
    if (distance == there) {
      EXPECT_EQ(rounded.bits & 1, 0) << value;
    }
  }
}

TEST(Half, RoundsToTheNearest) {
  test::Random random(test::seed_of("Half"));
  for (int k = 0; k < 200000; ++k) {
    const auto exponent =
        static_cast<std::uint32_t>(random.chance(0.8) ? random.between(100, 144) : random.between(0, 254));
    auto fraction = static_cast<std::uint32_t>(random.below(1U << 23));
    // Halfway between two.
    if (random.chance(0.3)) fraction = (fraction & ~0x1FFFU) | 0x1000U;
    if (random.chance(0.3)) fraction = (fraction & ~0xFFFFU) | 0x8000U;
    const auto sign = static_cast<std::uint32_t>(random.below(2));
    const auto value = std::bit_cast<float>(sign << 31 | exponent << 23 | fraction);
    expect_nearest(value, to_f16(value), 65504, 32);
    expect_nearest(value, to_bf16(value), 0x1.FEp127, 0x1p120);
  }
}

}  // namespace
}  // namespace anneal::array
