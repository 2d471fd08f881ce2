// The tables of tile kernels that are tested, and operands for them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "array/cpu/tile_families.h"
#include "array/cpu/tile_types.h"
#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::test {

inline std::vector<const array::cpu::TileKernels*> tile_tables() {
  std::vector<const array::cpu::TileKernels*> found;
  for (const std::string& name : tested_backends()) {
    const array::cpu::TileKernels* const table = array::cpu::find_tile_kernels(name);
    if (table != nullptr) found.push_back(table);
  }
  return found;
}

template <class T>
using BitsOf = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

template <class T>
std::vector<T> special_values() {
  using Limits = std::numeric_limits<T>;
  std::vector<T> values = {T(0), T(1), T(2), T(3), Limits::max(), Limits::lowest()};
  if constexpr (std::is_signed_v<T>) {
    for (const int value : {-1, -2, -3}) values.push_back(T(value));
  }
  if constexpr (std::is_floating_point_v<T>) {
    for (const T value : {-T(0), Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN(), Limits::min(),
                          Limits::denorm_min(), -Limits::denorm_min(), T(0.5), T(-0.5), T(1.5), T(-2.5),
                          Limits::epsilon(), T(1e6), T(-1e6), T(88.72), T(-104), T(-87.5), T(1e30)}) {
      values.push_back(value);
    }
  }
  return values;
}

/// Special, small, or any.
template <class T>
T drawn_value(Random& random) {
  static const std::vector<T> special = special_values<T>();
  if (random.chance(0.2)) return random.pick(special);
  if constexpr (std::is_floating_point_v<T>) {
    if (random.chance(0.6)) return static_cast<T>(random.between(-1'000'000, 1'000'000)) / T(65536);
    const T any = std::bit_cast<T>(static_cast<BitsOf<T>>(random.seed()));
    // Not the NaNs of which power() to 0 is not 1.
    return any == any ? any : std::numeric_limits<T>::quiet_NaN();
  } else {
    return static_cast<T>(random.chance(0.5) ? random.seed() : random.below(9));
  }
}

/// Elements at the end of their memory, so that sanitizers see what is read behind them, and at any place within a
/// vector.
template <class T>
std::vector<T> drawn_values(Random& random, std::size_t count) {
  std::vector<T> values(count);
  std::generate(values.begin(), values.end(), [&random] { return drawn_value<T>(random); });
  return values;
}

/// How far a value is from the exact one, in units of the last place of that; a result that is not a number must be
/// one.
template <class T, class Exact>
double ulps_between(T value, Exact exact) {
  constexpr double wrong = 1e9;
  if (std::isnan(exact) || std::isnan(value)) return std::isnan(exact) && std::isnan(value) ? 0 : wrong;
  const T rounded = static_cast<T>(exact);
  if (value == rounded) return 0;
  // One that is too large by rounding.
  if (std::isinf(rounded) || std::isinf(value)) {
    const T finite = std::isinf(rounded) ? value : rounded;
    return std::abs(finite) >= std::numeric_limits<T>::max() * T(0.999999) ? 1 : wrong;
  }
  int exponent;
  std::frexp(exact, &exponent);
  using Limits = std::numeric_limits<T>;
  const int last = std::max(exponent - Limits::digits, Limits::min_exponent - Limits::digits);
  return static_cast<double>(std::ldexp(std::abs(static_cast<Exact>(value) - exact), -last));
}

}  // namespace anneal::test
