// Score arithmetic of one lane width. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_
#undef ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_
#else
#define ANNEAL_ALIGN_CPU_ARITHMETIC_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "align/cpu/stored_score.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D, class V = hn::VFromD<D>>
HWY_INLINE V add_scores(D, V a, V b) {
  if constexpr (saturates<hn::TFromD<D>>) {
    return hn::SaturatedAdd(a, b);
  } else {
    return hn::Add(a, b);
  }
}

template <class D, class V = hn::VFromD<D>>
HWY_INLINE V subtract_penalty(D, V a, V b) {
  if constexpr (saturates<hn::TFromD<D>>) {
    return hn::SaturatedSub(a, b);
  } else {
    return hn::Sub(a, b);
  }
}

/// Score bytes as scores of the lane width.
template <class D, class D8>
HWY_INLINE hn::VFromD<D> widen_scores(D d, D8, hn::VFromD<D8> bytes) {
  const hn::Rebind<std::int8_t, D> signed_bytes;
  if constexpr (sizeof(hn::TFromD<D>) == 1) {
    return hn::BitCast(d, bytes);
  } else {
    const hn::RebindToSigned<D> signed_scores;
    return hn::BitCast(d, hn::PromoteTo(signed_scores, hn::BitCast(signed_bytes, bytes)));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
