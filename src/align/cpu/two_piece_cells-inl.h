// A vector of cells whose gaps have two pieces, in differences: see two_piece_job.h. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_TWO_PIECE_CELLS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_TWO_PIECE_CELLS_INL_H_
#undef ANNEAL_ALIGN_CPU_TWO_PIECE_CELLS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_TWO_PIECE_CELLS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "align/cpu/two_piece_job.h"
#include "align/recurrence/trace.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Which trace bits a kernel stores.
enum class TracedGaps { none, leftmost, rightmost };

/// Computes cells. In: u and x from the left, v and y from above; out: their own. Returns their trace bits.
template <TracedGaps traced, class D, class V = hn::VFromD<D>>
HWY_INLINE V advance_cells(D d, const TwoPieces& gaps, V score, V& u, V& v, V& x, V& y, V& x2, V& y2) {
  const auto all = [&](int value) HWY_ATTR { return hn::Set(d, static_cast<hn::TFromD<D>>(value)); };
  const V open = all(-gaps.first.open), open2 = all(-gaps.second.open);
  const V extend = all(gaps.first.extend), extend2 = all(gaps.second.extend);
  const V a = hn::Add(x, u), b = hn::Add(y, v), a2 = hn::Add(x2, u), b2 = hn::Add(y2, v);
  const V z = hn::Max(hn::Max(score, hn::Max(a, b)), hn::Max(a2, b2));
  const V e = hn::Sub(a, z), f = hn::Sub(b, z), e2 = hn::Sub(a2, z), f2 = hn::Sub(b2, z);
  const V from_left = u;
  u = hn::Sub(z, v);
  v = hn::Sub(z, from_left);
  x = hn::Sub(hn::Max(e, open), extend);
  y = hn::Sub(hn::Max(f, open), extend);
  x2 = hn::Sub(hn::Max(e2, open2), extend2);
  y2 = hn::Sub(hn::Max(f2, open2), extend2);

  // Of equal ways, that which is chosen last here is taken.
  const V diagonal = all(trace_diagonal), deletion = all(trace_deletion), insertion = hn::Zero(d);
  const V deletion2 = all(trace_deletion | trace_second_gap), insertion2 = all(trace_second_gap);
  V bits = insertion;
  if constexpr (traced == TracedGaps::leftmost) {
    const auto opening = [&](V gap, V least, int bit)
                             HWY_ATTR { return hn::IfThenZeroElse(hn::Gt(gap, least), all(bit)); };
    bits = hn::IfThenElse(hn::Eq(a2, z), deletion2, insertion2);
    bits = hn::IfThenElse(hn::Eq(b, z), insertion, bits);
    bits = hn::IfThenElse(hn::Eq(a, z), deletion, bits);
    bits = hn::IfThenElse(hn::Eq(score, z), diagonal, bits);
    bits = hn::Or(bits, hn::Or(opening(e, open, trace_opens_deletion), opening(f, open, trace_opens_insertion)));
    bits = hn::Or(bits, hn::Or(opening(e2, open2, trace_opens_second_deletion),
                               opening(f2, open2, trace_opens_second_insertion)));
  } else if constexpr (traced == TracedGaps::rightmost) {
    const auto opening = [&](V gap, V least, int bit)
                             HWY_ATTR { return hn::IfThenElseZero(hn::Lt(gap, least), all(bit)); };
    bits = hn::IfThenElse(hn::Eq(a, z), deletion, diagonal);
    bits = hn::IfThenElse(hn::Eq(b, z), insertion, bits);
    bits = hn::IfThenElse(hn::Eq(a2, z), deletion2, bits);
    bits = hn::IfThenElse(hn::Eq(b2, z), insertion2, bits);
    bits = hn::Or(bits, hn::Or(opening(e, open, trace_opens_deletion), opening(f, open, trace_opens_insertion)));
    bits = hn::Or(bits, hn::Or(opening(e2, open2, trace_opens_second_deletion),
                               opening(f2, open2, trace_opens_second_insertion)));
  }
  return bits;
}

/// The highest lane.
template <class D, class V>
HWY_INLINE hn::TFromD<D> highest_lane(D d, V v) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_SSE4
  // The instruction that finds the least of eight.
  if constexpr (sizeof(hn::TFromD<D>) == 2) {
    if constexpr (hn::MaxLanes(d) > 8) {
      const hn::Half<D> half;
      return highest_lane(half, hn::Max(hn::LowerHalf(half, v), hn::UpperHalf(half, v)));
    } else {
      const auto turned = hn::Xor(v, hn::Set(d, std::int16_t{0x7FFF}));
      return static_cast<std::int16_t>(_mm_cvtsi128_si32(_mm_minpos_epu16(turned.raw)) ^ 0x7FFF);
    }
  }
#endif
  return hn::GetLane(hn::MaxOfLanes(d, v));
}

/// What one letter more adds to the score of the first row or column.
HWY_INLINE std::int64_t edge_step(const TwoPieces& gaps, std::int64_t letters) {
  const auto gap = [&](std::int64_t length) {
    return std::min(length * gaps.first.extend + gaps.first.open, length * gaps.second.extend + gaps.second.open);
  };
  return letters == 1 ? -gap(1) : gap(letters - 1) - gap(letters);
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
