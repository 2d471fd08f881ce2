// Score arithmetic of one lane width. Included once per instruction set.
//
// Widths of 8 and 16 bits saturate. Local scores are stored less the type's minimum, so that saturation is the floor at
// 0; other scores are stored as they are, and the minimum stands for minus infinity. Plans choose a width only where no
// reachable score saturates, except local scores at the top, which are recognised and computed again.
#if defined(ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_
#undef ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_
#else
#define ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "align/best_end.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename T>
inline constexpr bool saturates = sizeof(T) < 4;

/// Below every reachable score, and far enough from the limit that a gap may be taken off once.
template <typename T>
inline constexpr T minus_infinity =
    saturates<T> ? std::numeric_limits<T>::min() : static_cast<T>(BestEnd::minus_infinity);

/// How a score of 0 is stored.
template <typename T>
constexpr T stored_zero(bool local) {
  return saturates<T> && local ? std::numeric_limits<T>::min() : T{0};
}

/// A score as it is stored; scores below the range become minus infinity.
template <typename T>
T stored(std::int64_t score, bool local) {
  return static_cast<T>(std::max<std::int64_t>(score + stored_zero<T>(local), minus_infinity<T>));
}

template <class D, class V = hn::VFromD<D>>
HWY_INLINE V AddScores(D, V a, V b) {
  if constexpr (saturates<hn::TFromD<D>>) {
    return hn::SaturatedAdd(a, b);
  } else {
    return hn::Add(a, b);
  }
}

template <class D, class V = hn::VFromD<D>>
HWY_INLINE V SubtractPenalty(D, V a, V b) {
  if constexpr (saturates<hn::TFromD<D>>) {
    return hn::SaturatedSub(a, b);
  } else {
    return hn::Sub(a, b);
  }
}

/// Score bytes as scores of the lane width.
template <class D, class D8>
HWY_INLINE hn::VFromD<D> WidenScores(D d, D8, hn::VFromD<D8> bytes) {
  const hn::Rebind<std::int8_t, D> signed_bytes;
  if constexpr (sizeof(hn::TFromD<D>) == 1) {
    return hn::BitCast(d, bytes);
  } else {
    return hn::PromoteTo(d, hn::BitCast(signed_bytes, bytes));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
