// What the operations on elements give, written as directly as can be.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "array/op.h"

namespace anneal::test {

using array::is_comparison;
using array::Op;

/// What integers give. Sums, differences and products wrap.
template <class T>
std::optional<std::int64_t> exact_integer(Op op, std::int64_t a, std::int64_t b) {
  const auto wrapping = [](std::uint64_t value) { return static_cast<std::int64_t>(static_cast<T>(value)); };
  const auto ua = static_cast<std::uint64_t>(a), ub = static_cast<std::uint64_t>(b);
  switch (op) {
    case Op::add:
      return wrapping(ua + ub);
    case Op::subtract:
      return wrapping(ua - ub);
    case Op::multiply:
      return wrapping(ua * ub);
    case Op::power: {
      if (b < 0) return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
      std::uint64_t power = 1;
      for (std::uint64_t k = 0; k < ub; ++k) power *= ua;
      return wrapping(power);
    }
    case Op::modulo: {
      if (b == 0 || b == -1) return 0;
      const std::int64_t rest = a % b;
      return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }
    case Op::minimum:
      return std::min(a, b);
    case Op::maximum:
      return std::max(a, b);
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
    case Op::greater_equal:
      return a >= b;
    case Op::negative:
      return wrapping(0 - ua);
    case Op::absolute:
      return a < 0 ? wrapping(0 - ua) : a;
    case Op::sign:
      return (a > 0) - (a < 0);
    case Op::floor:
    case Op::ceil:
    case Op::round:
      return a;
    case Op::relu:
      return std::max<std::int64_t>(a, 0);
    default:
      return std::nullopt;
  }
}

inline std::optional<std::int64_t> exact_boolean(Op op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case Op::add:
      return a | b;
    case Op::multiply:
      return a & b;
    case Op::subtract:
      return a ^ b;
    case Op::absolute:
      return a;
    case Op::power:
    case Op::modulo:
    case Op::negative:
    case Op::sign:
      return std::nullopt;
    default:
      return exact_integer<std::uint8_t>(op, a, b);
  }
}

template <class Real>
Real sigmoid(Real x) {
  return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
}

/// What floats give, in a type with more digits.
template <class Real>
Real exact_float(Op op, Real a, Real b) {
  const bool vanishes = std::isinf(a) && a < 0;
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    case Op::power:
      return std::pow(a, b);
    case Op::modulo: {
      const Real rest = std::fmod(a, b);
      return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }
    case Op::minimum:
      return std::isnan(a) || std::isnan(b) ? a + b : std::min(a, b);
    case Op::maximum:
      return std::isnan(a) || std::isnan(b) ? a + b : std::max(a, b);
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
    case Op::greater_equal:
      return a >= b;
    case Op::negative:
      return -a;
    case Op::absolute:
      return std::abs(a);
    case Op::sign:
      return std::isnan(a) ? a : static_cast<Real>((a > 0) - (a < 0));
    case Op::square_root:
      return std::sqrt(a);
    case Op::reciprocal_square_root:
      return 1 / std::sqrt(a);
    case Op::exponential:
      return std::exp(a);
    case Op::logarithm:
      return std::log(a);
    case Op::log1p:
      return std::log1p(a);
    case Op::expm1:
      return std::expm1(a);
    case Op::sine:
      return std::sin(a);
    case Op::cosine:
      return std::cos(a);
    case Op::tangent:
      return std::tan(a);
    case Op::hyperbolic_tangent:
      return std::tanh(a);
    case Op::error_function:
      return std::erf(a);
    case Op::sigmoid:
      return sigmoid(a);
    case Op::gelu:
      return vanishes ? Real(0) : a * std::erfc(-a / std::sqrt(Real(2))) / 2;
    case Op::silu:
      return vanishes ? Real(0) : a * sigmoid(a);
    case Op::floor:
      return std::floor(a);
    case Op::ceil:
      return std::ceil(a);
    case Op::round:
      return std::nearbyint(a);
    case Op::relu:
      return a < 0 ? Real(0) : a;
    case Op::where:
      break;
  }
  return std::numeric_limits<Real>::quiet_NaN();
}

/// In units of the last place. The other operations round once.
inline double allowed_ulps(Op op, bool is_f64) {
  switch (op) {
    // The argument of erfc is rounded, by which the result changes with the square of the argument.
    case Op::gelu:
      return is_f64 ? 1500 : 4;
    case Op::power:
      return 1;
    case Op::reciprocal_square_root:
      return 1.5;
    case Op::square_root:
      return 0.5001;
    // Of two doubles the exact sum of the rest and the divisor has more digits.
    default:
      return operands_of(op) == 1 && is_of_floats(op) ? 4 : 0.5001;
  }
}

}  // namespace anneal::test
