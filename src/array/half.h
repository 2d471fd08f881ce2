// f16 and bf16 as bits, to and from f32. To them it rounds to nearest, ties to even, as IEEE 754 says.
#pragma once

#include <bit>
#include <cstdint>

namespace anneal::array {

struct F16 {
  std::uint16_t bits;
};
struct BF16 {
  std::uint16_t bits;
};

inline float to_float(BF16 value) { return std::bit_cast<float>(std::uint32_t{value.bits} << 16); }

inline float to_float(F16 value) {
  const std::uint32_t sign = (value.bits & 0x8000U) << 16;
  const std::uint32_t rest = value.bits & 0x7FFFU;
  // Subnormals are multiples of 2^-24.
  if (rest < 0x0400U) {
    const float size = static_cast<float>(rest) * 0x1p-24F;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(size) | sign);
  }
  const std::uint32_t exponent_shift = rest >= 0x7C00U ? 0x70000000U : 0x38000000U;  // infinity, NaN : (127 - 15) << 23
  return std::bit_cast<float>(sign | ((rest << 13) + exponent_shift));
}

inline BF16 to_bf16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  // Rounding could turn a NaN into infinity.
  if ((bits & 0x7FFFFFFFU) > 0x7F800000U) return {static_cast<std::uint16_t>(bits >> 16 | 0x40U)};
  return {static_cast<std::uint16_t>((bits + 0x7FFFU + (bits >> 16 & 1U)) >> 16)};
}

inline F16 to_f16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000U);
  const std::uint32_t size = bits & 0x7FFFFFFFU;
  const auto with_sign = [sign](std::uint32_t rest) { return F16{static_cast<std::uint16_t>(sign | rest)}; };
  if (size > 0x7F800000U) return with_sign(0x7E00U | (size >> 13 & 0x3FFU));
  if (size >= 0x477FF000U) return with_sign(0x7C00U);  // 65,520 and more round to infinity
  if (size < 0x38800000U) {
    // Below 2^-14. The sum has 2^-24 as its last bit, so that the processor rounds.
    const float sum = std::bit_cast<float>(size) + 0.5F;
    return with_sign(std::bit_cast<std::uint32_t>(sum) - std::bit_cast<std::uint32_t>(0.5F));
  }
  return with_sign((size - 0x38000000U + 0xFFFU + (size >> 13 & 1U)) >> 13);
}

}  // namespace anneal::array
