// Turns sequences side by side into one vector per position. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_
#undef ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_
#else
#define ANNEAL_ALIGN_CPU_INTERLEAVE_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "align/cpu/lane_source.h"
#include "device/cpu/highway_config.h"
#if HWY_TARGET & ANNEAL_SVE_TARGETS
#include <arm_neon.h>
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET & ANNEAL_SVE_TARGETS
// SVE's vectors cannot be elements of an array. NEON's can, and every processor with SVE has NEON.
using Bytes16 = uint8x16_t;
HWY_INLINE Bytes16 load_16(const std::uint8_t* from) { return vld1q_u8(from); }
HWY_INLINE void store_16(Bytes16 bytes, std::uint8_t* to) { vst1q_u8(to, bytes); }
HWY_INLINE Bytes16 interleave_lower(Bytes16 a, Bytes16 b) { return vzip1q_u8(a, b); }
HWY_INLINE Bytes16 interleave_upper(Bytes16 a, Bytes16 b) { return vzip2q_u8(a, b); }
#else
using Bytes16 = hn::Vec<hn::Full128<std::uint8_t>>;
HWY_INLINE Bytes16 load_16(const std::uint8_t* from) { return hn::LoadU(hn::Full128<std::uint8_t>(), from); }
HWY_INLINE void store_16(Bytes16 bytes, std::uint8_t* to) { hn::StoreU(bytes, hn::Full128<std::uint8_t>(), to); }
HWY_INLINE Bytes16 interleave_lower(Bytes16 a, Bytes16 b) {
  return hn::InterleaveLower(hn::Full128<std::uint8_t>(), a, b);
}
HWY_INLINE Bytes16 interleave_upper(Bytes16 a, Bytes16 b) {
  return hn::InterleaveUpper(hn::Full128<std::uint8_t>(), a, b);
}
#endif

/// Transposes 16 rows of 16 bytes, row(k) being where row k begins, by four rounds of interleaving row k with row k
/// + 8.
template <class Row>
HWY_INLINE void transpose_16x16(const Row& row, std::uint8_t* out, std::size_t out_stride) {
  Bytes16 a[16], b[16];
  for (std::size_t k = 0; k < 16; ++k) a[k] = load_16(row(k));
  const auto round = [&](const auto& from, auto& to) HWY_ATTR {
    for (std::size_t k = 0; k < 8; ++k) {
      to[2 * k] = interleave_lower(from[k], from[k + 8]);
      to[2 * k + 1] = interleave_upper(from[k], from[k + 8]);
    }
  };
  round(a, b);
  round(b, a);
  round(a, b);
  round(b, a);
  for (std::size_t k = 0; k < 16; ++k) store_16(a[k], out + k * out_stride);
}

/// Where a lane has the block of letters that begins at a position, or `nothing`.
inline const std::uint8_t* block_of(const LaneSource& source, std::int64_t position, const std::uint8_t* nothing) {
  const std::int64_t from = position - source.lead;
  const bool any = from > -static_cast<std::int64_t>(interleave_block) && from < source.count;
  return any ? source.letters + from : nothing;
}

/// 16 lanes at a time, while there are as many.
inline void interleave_16(const LaneSource* sources, std::size_t lanes, std::int64_t positions,
                          const std::uint8_t* nothing, std::uint8_t* out) {
  std::int64_t longest_lead = 0, all_end = positions;
  for (std::size_t k = 0; k < 16; ++k) {
    longest_lead = std::max(longest_lead, sources[k].lead);
    all_end = std::min(all_end, sources[k].lead + sources[k].count);
  }
  constexpr auto block = static_cast<std::int64_t>(interleave_block);
  for (std::int64_t position = 0; position < positions; position += block) {
    std::uint8_t* to = out + static_cast<std::size_t>(position) * lanes;
    if (position > longest_lead - block && position < all_end) {
      transpose_16x16([&](std::size_t k) { return sources[k].letters + (position - sources[k].lead); }, to, lanes);
    } else {
      transpose_16x16([&](std::size_t k) { return block_of(sources[k], position, nothing); }, to, lanes);
    }
  }
}

/// out[position * lanes + lane] gets the letters. `positions`, and the room in `out`, are whole blocks.
inline void interleave(const LaneSource* sources, std::size_t lanes, std::size_t positions, std::uint8_t padding,
                       std::uint8_t* out) {
  static_assert(interleave_block == 16);
  if (positions == 0) return;  // then there may be no room either
  std::uint8_t nothing[interleave_block];
  std::memset(nothing, padding, sizeof(nothing));
  std::size_t lane = 0;
  for (; lane + 16 <= lanes; lane += 16) {
    interleave_16(sources + lane, lanes, static_cast<std::int64_t>(positions), nothing, out + lane);
  }
  for (; lane < lanes; ++lane) {
    for (std::size_t position = 0; position < positions; position += interleave_block) {
      const std::uint8_t* letters = block_of(sources[lane], static_cast<std::int64_t>(position), nothing);
      for (std::size_t k = 0; k < interleave_block; ++k) out[(position + k) * lanes + lane] = letters[k];
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
