// Multiplication by powers of two where processors have an instruction for it. Included once per instruction set.
#if defined(ANNEAL_TILE_SCALED_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_SCALED_INL_H
#undef ANNEAL_TILE_SCALED_INL_H
#else
#define ANNEAL_TILE_SCALED_INL_H
#endif

#include <hwy/highway.h>

#undef ANNEAL_HAS_SCALING
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
#define ANNEAL_HAS_SCALING 1
#else
#define ANNEAL_HAS_SCALING 0
#endif

#if ANNEAL_HAS_SCALING
HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {

// x * 2^k for whole k, rounded once.
HWY_INLINE hwy::HWY_NAMESPACE::Vec512<float> scaled(hwy::HWY_NAMESPACE::Vec512<float> x,
                                                    hwy::HWY_NAMESPACE::Vec512<float> k) {
  return {_mm512_scalef_ps(x.raw, k.raw)};
}
HWY_INLINE hwy::HWY_NAMESPACE::Vec512<double> scaled(hwy::HWY_NAMESPACE::Vec512<double> x,
                                                     hwy::HWY_NAMESPACE::Vec512<double> k) {
  return {_mm512_scalef_pd(x.raw, k.raw)};
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();
#endif

#endif
