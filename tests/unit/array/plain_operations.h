// Elementwise operations on single numbers, as plainly as they can be written: what the real ones are compared with.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "array/dtype.h"
#include "array/elements.h"
#include "array/op.h"
#include "unit/array/cpu/tile_reference.h"

namespace anneal::array::test {

/// As it is kept between operations: f16 and bf16 are computed in f32.
inline Number of_real(double value, DType dtype) {
  return {dtype == DType::f64 ? value : static_cast<double>(static_cast<float>(value)), 0};
}

/// Integers wrap.
inline Number of_integer(std::int64_t value, DType dtype) { return converted({0, value}, DType::i64, dtype); }

template <class T>
bool compare(Op op, T a, T b) {
  switch (op) {
    case Op::equal:
      return a == b;
    case Op::not_equal:
      return a != b;
    case Op::less:
      return a < b;
    case Op::less_equal:
      return a <= b;
    case Op::greater:
      return a > b;
    default:
      return a >= b;
  }
}

/// The exponent is 0 or more.
inline std::int64_t integer_power(std::int64_t base, std::int64_t exponent) {
  std::uint64_t result = 1;
  auto square = static_cast<std::uint64_t>(base);
  for (; exponent > 0; exponent /= 2, square *= square) {
    if (exponent % 2 == 1) result *= square;
  }
  return static_cast<std::int64_t>(result);
}

/// With the sign of b; 0 where b is 0.
inline std::int64_t integer_modulo(std::int64_t a, std::int64_t b) {
  if (b == 0 || b == -1) return 0;
  const std::int64_t rest = a % b;
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

inline std::int64_t integer_result(Op op, std::int64_t a, std::int64_t b) {
  const auto x = static_cast<std::uint64_t>(a);
  const auto y = static_cast<std::uint64_t>(b);
  switch (op) {
    case Op::add:
      return static_cast<std::int64_t>(x + y);
    case Op::subtract:
      return static_cast<std::int64_t>(x - y);
    case Op::multiply:
      return static_cast<std::int64_t>(x * y);
    case Op::power:
      return integer_power(a, b);
    case Op::modulo:
      return integer_modulo(a, b);
    case Op::minimum:
      return std::min(a, b);
    case Op::maximum:
      return std::max(a, b);
    case Op::negative:
      return static_cast<std::int64_t>(0 - x);
    case Op::absolute:
      return a < 0 ? static_cast<std::int64_t>(0 - x) : a;
    case Op::sign:
      return (a > 0) - (a < 0);
    case Op::relu:
      return std::max<std::int64_t>(a, 0);
    default:
      return a;
  }
}

inline double real_modulo(double a, double b) {
  const double rest = std::fmod(a, b);
  if (rest == 0) return std::copysign(0.0, b);
  return (rest < 0) != (b < 0) ? rest + b : rest;
}

/// NaN where either is.
inline double real_minimum(double a, double b) { return std::isnan(a) || a < b ? a : b; }
inline double real_maximum(double a, double b) { return std::isnan(a) || a > b ? a : b; }

inline double real_result(Op op, double a, double b) {
  switch (op) {
    case Op::modulo:
      return real_modulo(a, b);
    case Op::minimum:
      return real_minimum(a, b);
    case Op::maximum:
      return real_maximum(a, b);
    default:
      return anneal::test::exact_float<double>(op, a, b);
  }
}

/// `dtype` is that of a, or of b and c for Op::where.
inline Number result_of(Op op, DType dtype, Number a, Number b, Number c) {
  if (op == Op::where) return a.integer != 0 ? b : c;
  const bool real = is_float(dtype);
  if (is_comparison(op)) {
    return of_integer(real ? compare(op, a.real, b.real) : compare(op, a.integer, b.integer), DType::boolean);
  }
  if (!real) return of_integer(integer_result(op, a.integer, b.integer), dtype);
  return of_real(real_result(op, a.real, b.real), dtype);
}

}  // namespace anneal::array::test
