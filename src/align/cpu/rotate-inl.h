// Moves every lane of a vector to its neighbour. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_ROTATE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_ROTATE_INL_H_
#undef ANNEAL_ALIGN_CPU_ROTATE_INL_H_
#else
#define ANNEAL_ALIGN_CPU_ROTATE_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Lane k as lane k + 1, and the last one as lane 0.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V rotate_up(D d, V v) {
  using T = hn::TFromD<D>;
#if HWY_HAVE_SCALABLE
  HWY_ALIGN T lanes[hn::MaxLanes(d) + 1];
  hn::StoreU(v, d, lanes + 1);
  lanes[0] = lanes[hn::Lanes(d)];
  return hn::LoadU(d, lanes);
#else
#if HWY_TARGET == HWY_AVX3_DL
  if constexpr (sizeof(T) == 1) {
    // Byte k comes from byte k + 63 modulo 64.
    HWY_ALIGN static constexpr std::uint64_t from[8] = {0x060504030201003F, 0x0E0D0C0B0A090807, 0x161514131211100F,
                                                        0x1E1D1C1B1A191817, 0x262524232221201F, 0x2E2D2C2B2A292827,
                                                        0x363534333231302F, 0x3E3D3C3B3A393837};
    return V{_mm512_permutexvar_epi8(_mm512_load_si512(from), v.raw)};
  }
#endif
#if HWY_TARGET <= HWY_AVX3
  if constexpr (sizeof(T) == 2) {
    HWY_ALIGN static constexpr std::uint16_t from[32] = {31, 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,
                                                         10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
                                                         21, 22, 23, 24, 25, 26, 27, 28, 29, 30};
    return V{_mm512_permutexvar_epi16(_mm512_load_si512(from), v.raw)};
  }
#endif
  constexpr int rest = 16 - static_cast<int>(sizeof(T));
  if constexpr (hn::MaxLanes(d) * sizeof(T) == 64) {
    const hn::Repartition<std::uint64_t, D> d64;
    HWY_ALIGN static constexpr std::uint64_t blocks[8] = {6, 7, 0, 1, 2, 3, 4, 5};
    const V before = hn::BitCast(d, hn::TableLookupLanes(hn::BitCast(d64, v), hn::SetTableIndices(d64, blocks)));
    return hn::CombineShiftRightBytes<rest>(d, v, before);
  } else if constexpr (hn::MaxLanes(d) * sizeof(T) == 32) {
    return hn::CombineShiftRightBytes<rest>(d, v, hn::ConcatLowerUpper(d, v, v));
  } else {
    return hn::CombineShiftRightBytes<rest>(d, v, v);
  }
#endif
}

/// Lane k of v as lane k + 1, and the last one of `before` as lane 0.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V shift_up(D d, V v, V before) {
  using T = hn::TFromD<D>;
#if HWY_HAVE_SCALABLE
  HWY_ALIGN T lanes[hn::MaxLanes(d) + 1];
  hn::StoreU(before, d, lanes + 1);
  lanes[0] = lanes[hn::Lanes(d)];
  hn::StoreU(v, d, lanes + 1);
  return hn::LoadU(d, lanes);
#else
#if HWY_TARGET == HWY_AVX3_DL
  if constexpr (sizeof(T) == 1 && hn::MaxLanes(d) == 64) {
    // Byte 0 is the last one of the second operand.
    HWY_ALIGN static constexpr std::uint64_t from[8] = {0x060504030201007F, 0x0E0D0C0B0A090807, 0x161514131211100F,
                                                        0x1E1D1C1B1A191817, 0x262524232221201F, 0x2E2D2C2B2A292827,
                                                        0x363534333231302F, 0x3E3D3C3B3A393837};
    return V{_mm512_permutex2var_epi8(v.raw, _mm512_load_si512(from), before.raw)};
  }
#endif
  constexpr int rest = 16 - static_cast<int>(sizeof(T));
#if HWY_TARGET <= HWY_AVX3
  if constexpr (hn::MaxLanes(d) * sizeof(T) == 64) {
    return hn::CombineShiftRightBytes<rest>(d, v, V{_mm512_alignr_epi64(v.raw, before.raw, 6)});
  }
#endif
  if constexpr (hn::MaxLanes(d) * sizeof(T) == 32) {
    return hn::CombineShiftRightBytes<rest>(d, v, hn::ConcatLowerUpper(d, v, before));
  } else {
    return hn::CombineShiftRightBytes<rest>(d, v, before);
  }
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
