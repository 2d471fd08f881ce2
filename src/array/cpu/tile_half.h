// f16 and bf16 as bits: from and to f32, without branches, so that compilers vectorise loops of them.
#pragma once

#include <bit>
#include <cstdint>

namespace anneal::array::cpu {

inline float f16_to_f32(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
  const std::uint32_t rest = static_cast<std::uint32_t>(half & 0x7FFFu) << 13;
  // Exponents differ by 112; multiplying corrects them, and subnormals with them.
  const float scaled = std::bit_cast<float>(rest) * 0x1p112f;
  const std::uint32_t infinite = (half & 0x7C00u) == 0x7C00u ? 0x7F800000u : 0u;
  return std::bit_cast<float>(std::bit_cast<std::uint32_t>(scaled) | infinite | sign);
}

/// `a` where the condition holds, else `b`: compilers make a branch of the conditional operator.
inline std::uint32_t select(bool condition, std::uint32_t a, std::uint32_t b) {
  const std::uint32_t mask = 0u - static_cast<std::uint32_t>(condition);
  return (a & mask) | (b & ~mask);
}

/// To nearest, ties to even; NaN keeps the upper bits, and becomes quiet.
inline std::uint16_t f32_to_f16(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = bits >> 16 & 0x8000u;
  const std::int32_t magnitude = static_cast<std::int32_t>(bits & 0x7FFFFFFFu);
  const std::uint32_t unsigned_magnitude = static_cast<std::uint32_t>(magnitude);
  const std::uint32_t normal = (unsigned_magnitude - (112u << 23) + 0xFFFu + (unsigned_magnitude >> 13 & 1u)) >> 13;
  // 2^-1 has its last bit where f16's subnormals have theirs: 2^-24.
  const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
  const std::uint32_t subnormal = std::bit_cast<std::uint32_t>(shifted) - 0x3F000000u;
  const std::uint32_t nan = 0x7E00u | (unsigned_magnitude >> 13 & 0x3FFu);
  std::uint32_t result = select(magnitude < (113 << 23), subnormal, normal);
  result = select(magnitude >= (143 << 23), 0x7C00u, result);
  result = select(magnitude > 0x7F800000, nan, result);
  return static_cast<std::uint16_t>(sign | result);
}

inline float bf16_to_f32(std::uint16_t half) { return std::bit_cast<float>(static_cast<std::uint32_t>(half) << 16); }

/// To nearest, ties to even; NaN keeps the upper bits, and becomes quiet.
inline std::uint16_t f32_to_bf16(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t rounded = (bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16;
  const std::uint32_t nan = bits >> 16 | 0x40u;
  return static_cast<std::uint16_t>((bits & 0x7FFFFFFFu) > 0x7F800000u ? nan : rounded);
}

/// The f32 next to zero, with the last bit set where that is not exact: rounded once more to f16 or bf16 it gives what
/// rounding once would (Boldo and Melquiond 2008).
inline float round_to_odd(double value) {
  const float nearest = static_cast<float>(value);
  const double back = nearest;
  std::uint32_t bits = std::bit_cast<std::uint32_t>(nearest);
  const double distance = value < 0 ? value - back : back - value;
  bits -= distance > 0 ? 1u : 0u;
  bits |= static_cast<std::uint32_t>((back < value) | (back > value));
  return std::bit_cast<float>(bits);
}
/// The bits that f64 lacks place for are one.
inline float round_to_odd(std::int64_t value) {
  constexpr std::int64_t lost = 1023;
  const std::int64_t sticky = (value & lost) != 0 ? lost + 1 : 0;
  const bool large = value >= (std::int64_t{1} << 53) || value <= -(std::int64_t{1} << 53);
  return round_to_odd(static_cast<double>(large ? (value & ~lost) | sticky : value));
}

}  // namespace anneal::array::cpu
