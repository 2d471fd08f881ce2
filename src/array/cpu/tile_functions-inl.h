// Functions of f32 in vectors: within 4 ulp everywhere. Polynomials are minimax fits of our own (Lawson's algorithm in
// 40 digits, coefficients rounded one after the other).
#if defined(ANNEAL_TILE_FUNCTIONS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_FUNCTIONS_INL_H
#undef ANNEAL_TILE_FUNCTIONS_INL_H
#else
#define ANNEAL_TILE_FUNCTIONS_INL_H
#endif

#include <hwy/highway.h>

#include <cstdint>
#include <limits>

#include "array/cpu/tile_scaled-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <class D>
using IntegersOf = hn::RebindToSigned<D>;

// Horner's scheme, lowest coefficient first.
template <class D, class V>
HWY_INLINE V polynomial(D d, V, float c) {
  return hn::Set(d, c);
}
template <class D, class V, class... More>
HWY_INLINE V polynomial(D d, V x, float c, More... more) {
  return hn::MulAdd(polynomial(d, x, more...), x, hn::Set(d, c));
}

// These keep NaN, as x86's instructions do where it comes second; Arm's give the number.
template <class D, class V>
HWY_INLINE V at_least(D d, V x, float lowest) {
#if HWY_ARCH_X86
  return hn::Max(hn::Set(d, lowest), x);
#else
  return hn::IfThenElse(hn::Lt(x, hn::Set(d, lowest)), hn::Set(d, lowest), x);
#endif
}
template <class D, class V>
HWY_INLINE V at_most(D d, V x, float highest) {
#if HWY_ARCH_X86
  return hn::Min(hn::Set(d, highest), x);
#else
  return hn::IfThenElse(hn::Gt(x, hn::Set(d, highest)), hn::Set(d, highest), x);
#endif
}

// 2 to the power of n, which is within -126 .. 127.
template <class D, class N>
HWY_INLINE auto power_of_two(D d, N n) {
  return hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(n, hn::Set(IntegersOf<D>(), 127))));
}

struct NoRest {};
template <class V>
HWY_INLINE V plus(V x, V low) {
  return hn::Add(x, low);
}
template <class V>
HWY_INLINE V plus(V x, NoRest) {
  return x;
}

// exp(x + low) = (1 + result) * 2^n for results of about -0.3 to 0.4, by Cody and Waite's reduction. |x| is below 2^13.
// k is n as a float.
template <class D, class V, class Low, class N>
HWY_INLINE V exp_fraction(D d, V x, Low low, V& k, N& n) {
  // In numbers around this one the unit is 1.
  const V shift = hn::Set(d, 0x1.8p23f);
  const V shifted = hn::MulAdd(plus(x, low), hn::Set(d, 1.44269504f), shift);
  n = hn::Sub(hn::BitCast(IntegersOf<D>(), shifted), hn::BitCast(IntegersOf<D>(), shift));
  k = hn::Sub(shifted, shift);
  // ln 2 in two parts, of which the first has 9 bits.
  const V high = hn::NegMulAdd(k, hn::Set(d, 0.693359375f), x);
  const V r = plus(hn::NegMulAdd(k, hn::Set(d, -2.12194440e-4f), high), low);
  const V rest = polynomial(d, r, 0.5f, 0.166665137f, 0.0416664146f, 0.00836952683f, 0.001393963f);
  return hn::MulAdd(hn::Mul(rest, r), r, r);
}
template <class D, class V, class N>
HWY_INLINE V exp_fraction(D d, V x, V low, N& n) {
  V k;
  return exp_fraction(d, x, low, k, n);
}
template <class D, class V, class N>
HWY_INLINE V exp_mantissa(D d, V x, N& n) {
  V k;
  return hn::Add(exp_fraction(d, x, NoRest(), k, n), hn::Set(d, 1.0f));
}

// first * second = 2^n, where that may be subnormal.
template <class D, class V, class N>
HWY_INLINE void powers_of_two(D d, N n, V& first, V& second) {
  const auto half = hn::ShiftRight<1>(n);
  first = power_of_two(d, half);
  second = power_of_two(d, hn::Sub(n, half));
}

// exp(x) = result * first * second, where results may be subnormal. x is within -173 .. 90.
template <class D, class V>
HWY_INLINE V exp_parts(D d, V x, V& first, V& second) {
  hn::Vec<IntegersOf<D>> n;
  const V mantissa = exp_mantissa(d, x, n);
  powers_of_two(d, n, first, second);
  return mantissa;
}

// Below this exp is 0, also times any x that is above it.
inline constexpr float least_exponent = -150.0f;

// exp(x), which may be subnormal or infinite. x is within -173 .. 90.
template <class D, class V>
HWY_INLINE V exp_of(D d, V x) {
#if ANNEAL_HAS_SCALING
  V k;
  hn::Vec<IntegersOf<D>> n;
  return scaled(hn::Add(exp_fraction(d, x, NoRest(), k, n), hn::Set(d, 1.0f)), k);
#else
  V first, second;
  const V mantissa = exp_parts(d, x, first, second);
  return hn::Mul(hn::Mul(mantissa, first), second);
#endif
}

struct Exponential {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    return exp_of(d, at_most(d, at_least(d, x, least_exponent), 89.0f));
  }
};

struct Sigmoid {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const V power = exp_of(d, at_least(d, hn::Neg(hn::Abs(x)), least_exponent));
    const V one = hn::Set(d, 1.0f);
    return hn::Div(hn::IfThenElse(hn::Lt(x, hn::Zero(d)), power, one), hn::Add(one, power));
  }
};

struct Silu {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    V first, second;
    const V one = hn::Set(d, 1.0f);
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
    const V magnitude = hn::Abs(x);
    const V one = hn::Set(d, 1.0f);
    hn::Vec<IntegersOf<D>> n;
    const V limited = at_most(d, hn::Add(magnitude, magnitude), 20.0f);
    const V mantissa = exp_mantissa(d, limited, n);
    const V below = hn::MulAdd(mantissa, power_of_two(d, n), one);
    const V large = hn::Sub(one, hn::Div(hn::Set(d, 2.0f), below));
    const V z = hn::Mul(magnitude, magnitude);
    const V rest = polynomial(d, z, -0.333332807f, 0.133314162f, -0.0537379384f, 0.0206341185f, -0.00570009183f);
    const V small = hn::MulAdd(hn::Mul(rest, z), magnitude, magnitude);
    return hn::CopySign(hn::IfThenElse(hn::Lt(magnitude, hn::Set(d, 0.625f)), small, large), x);
  }
};

struct ErrorFunction {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const V magnitude = hn::Abs(x);
    const V one = hn::Set(d, 1.0f);
    // log(1 - erf(x))
    const V limited = at_most(d, magnitude, 4.0f);
    const V logarithm = polynomial(d, limited, 0.000353711279f, 1.12704003f, 0.638225734f, 0.103037305f, -0.0218052957f,
                                   0.00293960818f, -0.000185575351f);
    hn::Vec<IntegersOf<D>> n;
    const V mantissa = exp_mantissa(d, hn::Neg(logarithm), n);
    const V large = hn::NegMulAdd(mantissa, power_of_two(d, n), one);
    const V z = hn::Mul(magnitude, magnitude);
    const V rest = polynomial(d, z, 0.128379166f, -0.37612626f, 0.112835817f, -0.0268535912f, 0.00518783648f,
                              -0.000800551439f, 7.83764553e-05f);
    const V small = hn::MulAdd(rest, magnitude, magnitude);
    return hn::CopySign(hn::IfThenElse(hn::Lt(magnitude, one), small, large), x);
  }
};

// x times the normal distribution function, for negative x by Mills' ratio: exp(-x^2 / 2) times what changes slowly.
struct Gelu {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const V t = at_most(d, hn::Abs(x), 15.0f);
    // The square of the upper 12 bits is exact.
    const V upper = hn::And(t, hn::BitCast(d, hn::Set(IntegersOf<D>(), ~0xFFF)));
    const V minus_half = hn::Set(d, -0.5f);
    const V low = hn::Mul(hn::Mul(hn::Sub(t, upper), minus_half), hn::Add(t, upper));
    hn::Vec<IntegersOf<D>> n;
    const V fraction = exp_fraction(d, hn::Mul(hn::Mul(upper, upper), minus_half), low, n);
    V first, second;
    powers_of_two(d, n, first, second);
    // The ratio is that of a polynomial of (t - 4) / (t + 4) to t + 4; what sums lose is added later.
    const V one = hn::Set(d, 1.0f), four = hn::Set(d, 4.0f), c0 = hn::Set(d, 0.755285144f);
    const V divisor = hn::Add(t, four);
    const V lost = hn::Sub(t, hn::Sub(divisor, four));
    const V inverse = hn::Div(one, divisor);
    const V u = hn::Mul(hn::Sub(t, four), inverse);
    const V slopes = polynomial(d, u, -0.607896686f, 0.387136906f, -0.18652226f, 0.0604032278f, -0.00752963172f,
                                -0.00351065211f, 0.00157630863f, 0.000177562368f, -0.000135567738f);
    const V rest = hn::Mul(u, slopes);
    const V sum = hn::Add(c0, rest);
    const V factor = hn::NegMulAdd(lost, inverse, fraction);
    const V top = hn::Add(sum, hn::MulAdd(sum, factor, hn::Sub(rest, hn::Sub(sum, c0))));
    const V tail = hn::Mul(hn::Div(top, divisor), first);
    const V negative = hn::Neg(hn::Mul(hn::Mul(tail, t), second));
    const V positive = hn::Mul(x, hn::NegMulAdd(tail, second, one));
    const V far = hn::IfThenElse(hn::Lt(x, hn::Zero(d)), negative, positive);
    // About 0 the tail is about 1/2, and its error would be as large as what is left.
    const V z = hn::Mul(x, x);
    const V slope = polynomial(d, z, 0.398942202f, -0.0664887652f, 0.00996427704f, -0.00116548466f, 9.25240238e-05f);
    const V near = hn::Mul(x, hn::MulAdd(slope, x, hn::Set(d, 0.5f)));
    const auto is_near = hn::And(hn::Gt(x, hn::Set(d, -0.6f)), hn::Lt(x, one));
    return hn::IfThenElse(is_near, near, far);
  }
};

struct Logarithm {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const IntegersOf<D> di;
    const V infinity = hn::Set(d, std::numeric_limits<float>::infinity());
    const auto is_tiny = hn::Lt(x, hn::Set(d, std::numeric_limits<float>::min()));
    const auto bits = hn::BitCast(di, hn::IfThenElse(is_tiny, hn::Mul(x, hn::Set(d, 0x1p25f)), x));
    // Mantissas from the root of 1/2 to that of 2.
    const auto exponent = hn::ShiftRight<23>(hn::Sub(bits, hn::Set(di, 0x3F3504F3)));
    const V f = hn::Sub(hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<23>(exponent))), hn::Set(d, 1.0f));
    const V k = hn::Sub(hn::ConvertTo(d, exponent), hn::IfThenElseZero(is_tiny, hn::Set(d, 25.0f)));
    const V z = hn::Mul(f, f);
    const V rest = polynomial(d, f, 0.333333313f, -0.250008374f, 0.200012848f, -0.166227743f, 0.141998321f,
                              -0.131642282f, 0.127783552f, -0.0764514953f);
    const V low =
        hn::MulAdd(k, hn::Set(d, -2.12194440e-4f), hn::MulAdd(hn::Mul(z, f), rest, hn::Mul(z, hn::Set(d, -0.5f))));
    const V result = hn::MulAdd(k, hn::Set(d, 0.693359375f), hn::Add(f, low));
    // Not finite: itself; zero; negative.
    const V upwards = hn::IfThenElse(hn::Lt(x, infinity), result, x);
    const V from_zero = hn::IfThenElse(hn::Eq(x, hn::Zero(d)), hn::Neg(infinity), upwards);
    return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Set(d, std::numeric_limits<float>::quiet_NaN()), from_zero);
  }
};

struct Log1p {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    const V one = hn::Set(d, 1.0f);
    const V u = hn::Add(one, x);
    const V logarithm = Logarithm::of(d, u);
    // What the sum lost.
    const V lost = hn::Div(hn::Sub(x, hn::Sub(u, one)), u);
    const auto is_regular = hn::And(hn::Gt(u, hn::Zero(d)), hn::Lt(u, hn::Set(d, 0x1p24f)));
    const V result = hn::IfThenElse(is_regular, hn::Add(logarithm, lost), logarithm);
    return hn::IfThenElse(hn::Lt(hn::Abs(x), hn::Set(d, 0x1p-25f)), x, result);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#endif
