// Functions of f64 in vectors: within 4 ulp. The series are those of exp and of the inverse hyperbolic tangent, up to
// terms below 2^-56 of the whole.
#if defined(ANNEAL_TILE_FUNCTIONS_F64_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_FUNCTIONS_F64_INL_H
#undef ANNEAL_TILE_FUNCTIONS_F64_INL_H
#else
#define ANNEAL_TILE_FUNCTIONS_F64_INL_H
#endif

#include <hwy/highway.h>

#include <limits>

#include "array/cpu/tile_scaled-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {
namespace f64 {

namespace hn = hwy::HWY_NAMESPACE;

template <class D>
using IntegersOf = hn::RebindToSigned<D>;

// Horner's scheme, lowest coefficient first.
template <class D, class V>
HWY_INLINE V polynomial(D d, V, double c) {
  return hn::Set(d, c);
}
template <class D, class V, class... More>
HWY_INLINE V polynomial(D d, V x, double c, More... more) {
  return hn::MulAdd(polynomial(d, x, more...), x, hn::Set(d, c));
}

// These keep NaN.
template <class D, class V>
HWY_INLINE V at_least(D d, V x, double lowest) {
  return hn::IfThenElse(hn::Lt(x, hn::Set(d, lowest)), hn::Set(d, lowest), x);
}
template <class D, class V>
HWY_INLINE V at_most(D d, V x, double highest) {
  return hn::IfThenElse(hn::Gt(x, hn::Set(d, highest)), hn::Set(d, highest), x);
}

// ln 2 in two parts, of which the first has 32 bits: its products with integers of 20 bits are exact.
inline constexpr double ln2_high = 0x1.62e42feep-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;

// 2 to the power of n, which is within -1022 .. 1023.
template <class D, class N>
HWY_INLINE auto power_of_two(D d, N n) {
  return hn::BitCast(d, hn::ShiftLeft<52>(hn::Add(n, hn::Set(IntegersOf<D>(), 1023))));
}

// exp(x) = (1 + result) * 2^n for results of about -0.3 to 0.4, by Cody and Waite's reduction. |x| is below 2^19. k is
// n as a float.
template <class D, class V, class N>
HWY_INLINE V exp_fraction(D d, V x, V& k, N& n) {
  // In numbers around this one the unit is 1.
  const V shift = hn::Set(d, 0x1.8p52);
  const V shifted = hn::MulAdd(x, hn::Set(d, 1.4426950408889634), shift);
  n = hn::Sub(hn::BitCast(IntegersOf<D>(), shifted), hn::BitCast(IntegersOf<D>(), shift));
  k = hn::Sub(shifted, shift);
  const V r = hn::NegMulAdd(k, hn::Set(d, ln2_low), hn::NegMulAdd(k, hn::Set(d, ln2_high), x));
  const V rest = polynomial(d, r, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320,
                            1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800);
  return hn::MulAdd(hn::Mul(rest, r), r, r);
}

// exp(x) = result * first * second, where results may be subnormal, or infinite. x is cut to where that is no more so.
template <class D, class V>
HWY_INLINE V exp_parts(D d, V x, V& first, V& second) {
  V k;
  hn::Vec<IntegersOf<D>> n;
  const V fraction = exp_fraction(d, x, k, n);
  const auto half = hn::ShiftRight<1>(n);
  first = power_of_two(d, half);
  second = power_of_two(d, hn::Sub(n, half));
  return hn::Add(fraction, hn::Set(d, 1.0));
}

// Below this exp is 0, also times any x that is above it.
inline constexpr double least_exponent = -800.0;

// exp(x), as exp_parts() has it.
template <class D, class V>
HWY_INLINE V exp_of(D d, V x) {
#if ANNEAL_HAS_SCALING
  V k;
  hn::Vec<IntegersOf<D>> n;
  return scaled(hn::Add(exp_fraction(d, x, k, n), hn::Set(d, 1.0)), k);
#else
  V first, second;
  const V mantissa = exp_parts(d, x, first, second);
  return hn::Mul(hn::Mul(mantissa, first), second);
#endif
}

struct Exponential {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    return exp_of(d, at_most(d, at_least(d, x, least_exponent), 710.0));
  }
};

struct Sigmoid {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const V power = exp_of(d, at_least(d, hn::Neg(hn::Abs(x)), least_exponent));
    const V one = hn::Set(d, 1.0);
    return hn::Div(hn::IfThenElse(hn::Lt(x, hn::Zero(d)), power, one), hn::Add(one, power));
  }
};

struct Silu {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    V first, second;
    const V one = hn::Set(d, 1.0);
    const V limited = at_least(d, hn::Neg(hn::Abs(x)), least_exponent);
    const V scaled = hn::Mul(exp_parts(d, limited, first, second), first);
    const auto is_negative = hn::Lt(x, hn::Zero(d));
    // The power may be subnormal where x times the power is not.
    const V top = hn::IfThenElse(is_negative, hn::Mul(limited, scaled), x);
    const V quotient = hn::Div(top, hn::MulAdd(scaled, second, one));
    return hn::Mul(quotient, hn::IfThenElse(is_negative, second, one));
  }
};

struct HyperbolicTangent {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const V one = hn::Set(d, 1.0);
    const V magnitude = hn::Abs(x);
    V k;
    hn::Vec<IntegersOf<D>> n;
    const V fraction = exp_fraction(d, at_most(d, hn::Add(magnitude, magnitude), 50.0), k, n);
    const V power = power_of_two(d, n);
    // exp(2 |x|) - 1
    const V minus_one = hn::MulAdd(fraction, power, hn::Sub(power, one));
    return hn::CopySign(hn::Div(minus_one, hn::Add(minus_one, hn::Set(d, 2.0))), x);
  }
};

struct Logarithm {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const IntegersOf<D> integers;
    const V one = hn::Set(d, 1.0);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto is_subnormal = hn::Lt(x, hn::Set(d, std::numeric_limits<double>::min()));
    const V scaled = hn::IfThenElse(is_subnormal, hn::Mul(x, hn::Set(d, 0x1p54)), x);
    // x = 2^n (1 + f), where 1 + f is from sqrt(1/2) to sqrt(2).
    const auto bits = hn::BitCast(integers, scaled);
    const auto offset = hn::Sub(bits, hn::Set(integers, 0x3FE6A09E667F3BCD));
    const auto exponent = hn::And(offset, hn::Set(integers, static_cast<std::int64_t>(0xFFF0000000000000)));
    const V f = hn::Sub(hn::BitCast(d, hn::Sub(bits, exponent)), one);
    // In numbers around this one the unit is 1.
    const V shift = hn::Set(d, 0x1.8p52);
    const V shifted = hn::BitCast(d, hn::Add(hn::ShiftRight<52>(exponent), hn::BitCast(integers, shift)));
    const V n = hn::Sub(hn::Sub(shifted, shift), hn::IfThenElse(is_subnormal, hn::Set(d, 54.0), hn::Zero(d)));
    // ln(1 + f) = 2 artanh(s) = 2 s + s r, and 2 s = f - s f; so that f, which is exact, is added last.
    const V s = hn::Div(f, hn::Add(f, hn::Set(d, 2.0)));
    const V z = hn::Mul(s, s);
    const V r = hn::Mul(z, polynomial(d, z, 2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17,
                                      2.0 / 19, 2.0 / 21, 2.0 / 23));
    const V half_square = hn::Mul(hn::Mul(f, f), hn::Set(d, 0.5));
    const V low = hn::MulAdd(s, hn::Add(half_square, r), hn::Mul(n, hn::Set(d, ln2_low)));
    const V sum = hn::Sub(f, hn::Sub(half_square, low));
    V result = hn::MulAdd(n, hn::Set(d, ln2_high), sum);
    result = hn::IfThenElse(hn::Eq(x, hn::Zero(d)), hn::Set(d, -infinity), result);
    result = hn::IfThenElse(hn::Eq(x, hn::Set(d, infinity)), x, result);
    const V nan = hn::Set(d, std::numeric_limits<double>::quiet_NaN());
    return hn::IfThenElse(hn::Ge(x, hn::Zero(d)), result, nan);
  }
};

struct Log1p {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const V one = hn::Set(d, 1.0);
    const V u = hn::Add(one, x);
    const V logarithm = Logarithm::of(d, u);
    // What the sum lost.
    const V lost = hn::Div(hn::Sub(x, hn::Sub(u, one)), u);
    const auto is_regular = hn::And(hn::Gt(u, hn::Zero(d)), hn::Lt(u, hn::Set(d, 0x1p53)));
    const V result = hn::IfThenElse(is_regular, hn::Add(logarithm, lost), logarithm);
    return hn::IfThenElse(hn::Lt(hn::Abs(x), hn::Set(d, 0x1p-54)), x, result);
  }
};

}  // namespace f64
}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#endif
