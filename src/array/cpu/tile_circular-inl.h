// Sine, cosine and tangent of f32 in vectors: within 4 ulp everywhere.
#if defined(ANNEAL_TILE_CIRCULAR_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_CIRCULAR_INL_H
#undef ANNEAL_TILE_CIRCULAR_INL_H
#else
#define ANNEAL_TILE_CIRCULAR_INL_H
#endif

#include <cmath>

#include "array/cpu/tile_functions-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {

// x - k * pi / 2 in f64, as f32 has no place for the difference of nearly equal numbers. The first part of pi / 2 has
// 33 bits, so that its products with k, which has 20, are exact.
template <class D, class V>
HWY_INLINE V reduced_half(D d, V x, V k) {
  const hn::Rebind<double, D> wide;
  const auto kk = hn::PromoteTo(wide, k);
  const auto high = hn::NegMulAdd(kk, hn::Set(wide, 0x1.921fb544p+0), hn::PromoteTo(wide, x));
  return hn::DemoteTo(d, hn::NegMulAdd(kk, hn::Set(wide, 0x1.0b4611a626331p-34), high));
}

// What sine and cosine of x are made of: those of x less the nearest multiple of pi / 2, and which multiple.
template <class D, class V, class N>
HWY_INLINE void split_angle(D d, V x, V& sine, V& cosine, N& quarter) {
  const hn::Half<D> half;
  const V k = hn::Round(hn::Mul(x, hn::Set(d, 0.636619772f)));
  quarter = hn::ConvertTo(IntegersOf<D>(), k);
  const V r = hn::Combine(d, reduced_half(half, hn::UpperHalf(half, x), hn::UpperHalf(half, k)),
                          reduced_half(half, hn::LowerHalf(half, x), hn::LowerHalf(half, k)));
  const V z = hn::Mul(r, r);
  const V odd = polynomial(d, z, -0.166666672f, 0.00833337195f, -0.000198488837f, 2.78241237e-06f);
  sine = hn::MulAdd(hn::Mul(odd, z), r, r);
  const V even = polynomial(d, z, -0.5f, 0.0416666679f, -0.00138889626f, 2.48144952e-05f, -2.81113614e-07f);
  cosine = hn::MulAdd(even, z, hn::Set(d, 1.0f));
}

// The sign bit where the second bit of n is set.
template <class D, class N>
HWY_INLINE auto sign_of_second_bit(D d, N n) {
  return hn::And(hn::BitCast(d, hn::ShiftLeft<30>(n)), hn::SignBit(d));
}

template <class D, class N>
HWY_INLINE auto is_odd(D d, N n) {
  return hn::RebindMask(d, hn::TestBit(n, hn::Set(IntegersOf<D>(), 1)));
}

// Larger angles are computed one by one.
inline constexpr float largest_angle = 1e6f;

template <class D, class V, class Function>
HWY_NOINLINE V one_by_one(D d, V x, Function function) {
  HWY_ALIGN float values[HWY_MAX_BYTES / sizeof(float)];
  hn::Store(x, d, values);
  for (std::size_t k = 0; k < hn::Lanes(d); ++k) values[k] = function(values[k]);
  return hn::Load(d, values);
}

template <class D, class V>
HWY_INLINE bool is_large(D d, V x) {
  return !hn::AllTrue(d, hn::Le(hn::Abs(x), hn::Set(d, largest_angle)));
}

// Below this the sine and the tangent are x itself, and -0 is.
template <class D, class V>
HWY_INLINE V itself_if_small(D d, V x, V result) {
  return hn::IfThenElse(hn::Lt(hn::Abs(x), hn::Set(d, 0x1p-13f)), x, result);
}

inline float sine_of(float x) { return std::sin(x); }
inline float cosine_of(float x) { return std::cos(x); }
inline float tangent_of(float x) { return std::tan(x); }

struct Sine {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    if (is_large(d, x)) return one_by_one(d, x, sine_of);
    V sine, cosine;
    hn::Vec<IntegersOf<D>> quarter;
    split_angle(d, x, sine, cosine, quarter);
    const V chosen = hn::IfThenElse(is_odd(d, quarter), cosine, sine);
    return itself_if_small(d, x, hn::Xor(chosen, sign_of_second_bit(d, quarter)));
  }
};

struct Cosine {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    if (is_large(d, x)) return one_by_one(d, x, cosine_of);
    V sine, cosine;
    hn::Vec<IntegersOf<D>> quarter;
    split_angle(d, x, sine, cosine, quarter);
    const V chosen = hn::IfThenElse(is_odd(d, quarter), sine, cosine);
    return hn::Xor(chosen, sign_of_second_bit(d, hn::Add(quarter, hn::Set(IntegersOf<D>(), 1))));
  }
};

struct Tangent {
  template <class D, class V>
  static HWY_INLINE V of(D d, V x) {
    if (is_large(d, x)) return one_by_one(d, x, tangent_of);
    V sine, cosine;
    hn::Vec<IntegersOf<D>> quarter;
    split_angle(d, x, sine, cosine, quarter);
    const auto turned = is_odd(d, quarter);
    const V top = hn::IfThenElse(turned, hn::Neg(cosine), sine);
    return itself_if_small(d, x, hn::Div(top, hn::IfThenElse(turned, sine, cosine)));
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#endif
