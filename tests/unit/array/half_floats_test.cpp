#include "array/half.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/random.h"

namespace anneal::array {
namespace {

float from_f16(std::uint16_t bits) { return to_float(F16{bits}); }
float from_bf16(std::uint16_t bits) { return to_float(BF16{bits}); }

// What the bits mean, by the definition of the format.
double meaning(std::uint16_t bits, int mantissa_bits, int bias) {
  const int exponent = (bits & 0x7fff) >> mantissa_bits;
  const int mantissa = bits & ((1 << mantissa_bits) - 1);
  const int highest = (0x7fff >> mantissa_bits);
  const double sign = bits & 0x8000 ? -1 : 1;
  if (exponent == highest) return mantissa != 0 ? NAN : sign * INFINITY;
  if (exponent == 0) return sign * std::ldexp(mantissa, 1 - bias - mantissa_bits);
  return sign * std::ldexp(mantissa + (1 << mantissa_bits), exponent - bias - mantissa_bits);
}

TEST(Half, AllValuesAreReadAndWrittenBack) {
  for (int k = 0; k <= 0xffff; ++k) {
    const auto bits = static_cast<std::uint16_t>(k);
    const double half = meaning(bits, 10, 15);
    const double brain = meaning(bits, 7, 127);
    if (std::isnan(half)) {
      EXPECT_TRUE(std::isnan(from_f16(bits)) && std::isnan(to_float(to_f16(from_f16(bits)))));
    } else {
      EXPECT_EQ(from_f16(bits), half);
      EXPECT_EQ(to_f16(from_f16(bits)).bits, bits);
    }
    if (std::isnan(brain)) {
      EXPECT_TRUE(std::isnan(from_bf16(bits)) && std::isnan(to_float(to_bf16(from_bf16(bits)))));
    } else {
      EXPECT_EQ(from_bf16(bits), brain);
      EXPECT_EQ(to_bf16(from_bf16(bits)).bits, bits);
    }
  }
}

// The bits below and above a positive value: the nearer must be taken, of two the even one.
std::uint16_t nearer(double value, std::uint16_t below, int mantissa_bits, int bias) {
  const auto above = static_cast<std::uint16_t>(below + 1);
  const double to_below = value - meaning(below, mantissa_bits, bias);
  // Infinity is where the next value would be.
  const double next =
      meaning(below, mantissa_bits, bias) * 2 - meaning(static_cast<std::uint16_t>(below - 1), mantissa_bits, bias);
  const double high = meaning(above, mantissa_bits, bias);
  const double to_above = (std::isinf(high) ? next : high) - value;
  if (to_below == to_above) return below % 2 == 0 ? below : above;
  return to_below < to_above ? below : above;
}

TEST(Half, RoundsToTheNearest) {
  test::Random random(1);
  for (int below = 1; below < 0x7c00; ++below) {
    const double low = meaning(static_cast<std::uint16_t>(below), 10, 15);
    double high = meaning(static_cast<std::uint16_t>(below + 1), 10, 15);
    if (std::isinf(high)) high = 65536;
    const auto middle = static_cast<float>((low + high) / 2);
    for (const float value : {middle, std::nextafter(middle, 0.0F), std::nextafter(middle, 1e6F),
                              static_cast<float>(low + (high - low) * random.between(1, 999) / 1000)}) {
      const auto expected = nearer(value, static_cast<std::uint16_t>(below), 10, 15);
      EXPECT_EQ(to_f16(value).bits, expected) << value;
      EXPECT_EQ(to_f16(-value).bits, expected | 0x8000) << value;
    }
  }
}

TEST(Half, BrainFloatsRoundToTheNearest) {
  test::Random random(2);
  for (int below = 1; below < 0x7f80; below += 3) {
    for (const std::uint32_t rest :
         {0x0001U, 0x7fffU, 0x8000U, 0x8001U, 0xffffU, static_cast<unsigned>(random.between(1, 0xffff))}) {
      const float value = std::bit_cast<float>(static_cast<std::uint32_t>(below) << 16 | rest);
      const auto expected = nearer(value, static_cast<std::uint16_t>(below), 7, 127);
      EXPECT_EQ(to_bf16(value).bits, expected) << value;
      EXPECT_EQ(to_bf16(-value).bits, expected | 0x8000) << value;
    }
  }
}

TEST(Half, TooLargeIsInfinite) {
  EXPECT_EQ(to_f16(65519.9F).bits, 0x7bff);
  EXPECT_EQ(to_f16(65520.0F).bits, 0x7c00);
  EXPECT_EQ(to_f16(-std::numeric_limits<float>::max()).bits, 0xfc00);
  EXPECT_EQ(to_f16(0x1p-25F).bits, 0);
  EXPECT_EQ(to_bf16(std::numeric_limits<float>::max()).bits, 0x7f80);
}

}  // namespace
}  // namespace anneal::array
