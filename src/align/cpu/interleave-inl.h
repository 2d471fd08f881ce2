// Turns sequences side by side into one vector per position. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_
#undef ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_
#else
#define ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Transposes 16 rows of 16 bytes by four rounds of interleaving row k with row k + 8.
HWY_INLINE void transpose_16x16(const std::uint8_t* rows, std::size_t stride, std::uint8_t* out,
                                std::size_t out_stride) {
  const hn::Full128<std::uint8_t> d;
  hn::Vec<decltype(d)> a[16], b[16];
  for (std::size_t k = 0; k < 16; ++k) a[k] = hn::LoadU(d, rows + k * stride);
  const auto round = [&](const auto& from, auto& to) HWY_ATTR {
    for (std::size_t k = 0; k < 8; ++k) {
      to[2 * k] = hn::InterleaveLower(d, from[k], from[k + 8]);
      to[2 * k + 1] = hn::InterleaveUpper(d, from[k], from[k + 8]);
    }
  };
  round(a, b);
  round(b, a);
  round(a, b);
  round(b, a);
  for (std::size_t k = 0; k < 16; ++k) hn::StoreU(a[k], d, out + k * out_stride);
}

/// `rows` holds `lanes` sequences, `stride` bytes apart; out[position * lanes + lane] gets the letters. `length` and
/// the room in `out` are multiples of 16 positions.
inline void interleave(const std::uint8_t* rows, std::size_t stride, std::size_t lanes, std::size_t length,
                       std::uint8_t* out) {
  for (std::size_t position = 0; position < length; position += 16) {
    std::size_t lane = 0;
    for (; lane + 16 <= lanes; lane += 16) {
      transpose_16x16(rows + lane * stride + position, stride, out + position * lanes + lane, lanes);
    }
    for (; lane < lanes; ++lane) {
      for (std::size_t k = position; k < position + 16; ++k) out[k * lanes + lane] = rows[lane * stride + k];
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
