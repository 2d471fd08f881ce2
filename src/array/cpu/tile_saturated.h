// Floats as integers, without branches, so that compilers vectorise loops of them.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

namespace anneal::array::cpu {

/// Truncated toward zero; the nearest that the integer can hold, and 0 of NaN.
template <class To, class From>
inline To saturated(From value) {
  using Limits = std::numeric_limits<To>;
  // There are instructions for i32, but none for 8 bits.
  using Converted = std::conditional_t<(sizeof(To) < sizeof(std::int32_t)), std::int32_t, To>;
  constexpr From lowest = static_cast<From>(Limits::lowest());
  // The largest integer that is a From, too. What it lacks to the largest are bits that are 0 in it.
  constexpr int digits = std::numeric_limits<From>::digits;
  constexpr To rest = Limits::digits > digits ? Limits::max() >> digits : To(0);
  constexpr From highest = static_cast<From>(Limits::max() - rest);
  // In the order of operands in which this is the processor's minimum and maximum, that of NaN being the other.
  const From low = value > lowest ? value : lowest;
  const From limited = low < highest ? low : highest;
  const Converted inside = static_cast<Converted>(limited);
  const Converted result = rest == 0 ? inside : inside | (value > highest ? rest : To(0));
  return static_cast<To>(value == value ? result : Converted(0));
}

}  // namespace anneal::array::cpu
