// Some steps of a strip of local alignments, in the width that its scores are kept in. Included once per instruction
// set.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_SEGMENT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_SEGMENT_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_SEGMENT_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_SEGMENT_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/local_strip_job.h"
#include "align/cpu/rotate-inl.h"
#include "align/cpu/scores-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

enum class StripPurpose { scores, trace, find };

/// Vectors of 8 bits that a strip's rows fill. A narrow one is computed sooner than the next step can begin.
inline constexpr std::int64_t strip_vectors =
    !HWY_HAVE_SCALABLE && hn::MaxLanes(hn::ScalableTag<std::uint8_t>()) >= 64 ? 1 : 2;

/// Rows of a strip whose scores are of type T: at 32 bits, two vectors.
template <typename T>
std::int64_t strip_rows() {
  if constexpr (sizeof(T) == 4) return 2 * static_cast<std::int64_t>(hn::Lanes(hn::ScalableTag<T>()));
  return strip_vectors * static_cast<std::int64_t>(hn::Lanes(hn::ScalableTag<std::uint8_t>()));
}

/// Steps first .. first + steps - 1, at most strip_tile_steps. Rows may be read and written for a vector more.
template <typename T>
struct LocalSegment {
  std::int64_t first;
  std::int64_t steps;
  const T* from;               ///< the state before: H, E, F and diagonal of all rows; may be `to`
  T* to;                       ///< receives the state after
  const T *above_h, *above_f;  ///< what the first lane takes from above at step first + k, at [k]
  T *below_h, *below_f;        ///< receives what the last lane hands down at step first + k
  std::uint8_t* masks;
};

/// Highest score of a state that others may come from.
template <typename T>
std::int64_t reached_by(const T* state) {
  const hn::ScalableTag<T> d;
  const std::int64_t height = strip_rows<T>();
  auto highest = hn::Zero(d);
  for (std::int64_t lane = 0; lane < height; lane += static_cast<std::int64_t>(hn::Lanes(d))) {
    highest = hn::Max(highest, hn::Max(hn::LoadU(d, state + lane), hn::LoadU(d, state + 3 * height + lane)));
  }
  return hn::GetLane(hn::MaxOfLanes(d, highest));
}

/// Computes two vectors of the strip's rows, those with number `part`. Returns the highest score.
template <typename T, StripPurpose purpose, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a strip have to live in one frame
static HWY_NOINLINE T fill_two_vectors(const LocalStripJob& job, const Scores& scores, const LocalSegment<T>& segment,
                                       std::int64_t part) {
  const hn::ScalableTag<T> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::int64_t rows = 2 * lanes, height = strip_rows<T>(), row = part * rows;
  const std::size_t vector_masks = mask_bytes(hn::Lanes(d));
  [[maybe_unused]] const std::size_t masks = vector_masks * static_cast<std::size_t>(height / lanes);
  const V open_extend = hn::Set(d, static_cast<T>(job.gap_open + job.gap_extend));
  const V extend = hn::Set(d, static_cast<T>(job.gap_extend));
  const V zero = hn::Zero(d);
  const auto first_lane = hn::FirstN(d, 1);
  [[maybe_unused]] const bool first_only = job.upper_only && height == rows;
  const auto query0 = hn::LoadU(d8, job.query + row), query1 = hn::LoadU(d8, job.query + row + lanes);

  // Two vectors of rows, so that the processor need not wait for either.
  const T* from = segment.from + row;
  V h0 = hn::LoadU(d, from), h1 = hn::LoadU(d, from + lanes);
  V e0 = hn::LoadU(d, from + height), e1 = hn::LoadU(d, from + height + lanes);
  V f0 = hn::LoadU(d, from + 2 * height), f1 = hn::LoadU(d, from + 2 * height + lanes);
  V diagonal0 = hn::LoadU(d, from + 3 * height), diagonal1 = hn::LoadU(d, from + 3 * height + lanes);
  V best = zero;
  [[maybe_unused]] const V wanted = hn::Set(d, static_cast<T>(job.wanted));
  const std::uint8_t* target = job.target_reversed + (job.columns - segment.first + row);
  [[maybe_unused]] std::uint8_t* bits = segment.masks + 2 * static_cast<std::size_t>(part) * vector_masks;

  // One vector of cells, whose first is on diagonal `first`. `f` is F(i,j), then F(i+1,j); `up` is H(i-1,j).
  const auto cells = [&](auto at_edge, std::int64_t first, auto query, auto letters, V up, V& h, V& e, V& f,
                         V& diagonal, [[maybe_unused]] std::uint8_t* mask) HWY_ATTR __attribute__((always_inline)) {
    const V aligned = hn::Add(diagonal, widen_scores(d, d8, scores.lookup(d8, query, letters)));
    if constexpr (purpose == StripPurpose::trace) {
      const V gap = hn::Max(e, f);
      hn::StoreMaskBits(d, hn::Eq(aligned, hn::Max(aligned, gap)), mask);
      hn::StoreMaskBits(d, hn::Eq(e, gap), mask + masks);
    }
    // F comes last: it is what the next step waits for.
    h = hn::Max(hn::Max(hn::Max(aligned, zero), e), f);
    if constexpr (at_edge) {
      const auto lanes_before = [&](std::int64_t lane) HWY_ATTR {
        return hn::FirstN(d, static_cast<std::size_t>(std::clamp<std::int64_t>(lane, 0, lanes)));
      };
      const auto above_band = lanes_before((first - job.highest_diagonal + 1) >> 1);
      const auto within = hn::AndNot(above_band, lanes_before(((first - job.lowest_diagonal) >> 1) + 1));
      h = hn::IfThenElseZero(within, h);
    }
    const V opened = hn::Sub(h, open_extend);
    e = hn::Max(hn::Sub(e, extend), opened);
    f = hn::Max(hn::Sub(f, extend), opened);
    diagonal = up;
    if constexpr (purpose == StripPurpose::scores) best = hn::Max(best, h);
    if constexpr (purpose == StripPurpose::trace) {
      hn::StoreMaskBits(d, hn::Eq(opened, e), mask + 2 * masks);
      hn::StoreMaskBits(d, hn::Eq(opened, f), mask + 3 * masks);
    }
    if constexpr (purpose == StripPurpose::find) hn::StoreMaskBits(d, hn::Eq(h, wanted), mask);
  };
  const auto step = [&](auto at_edge, std::int64_t k) HWY_ATTR __attribute__((always_inline)) {
    const V last_h0 = rotate_up(d, h0), last_f0 = rotate_up(d, f0);
    const V last_h1 = rotate_up(d, h1), last_f1 = rotate_up(d, f1);
    segment.below_h[k] = hn::GetLane(last_h1);
    segment.below_f[k] = hn::GetLane(last_f1);
    const V up0 = hn::IfThenElse(first_lane, hn::Set(d, segment.above_h[k]), last_h0);
    f0 = hn::IfThenElse(first_lane, hn::Set(d, segment.above_f[k]), last_f0);
    const std::int64_t first = segment.first + k - job.first_row - 2 * row;
    cells(at_edge, first, query0, hn::LoadU(d8, target - k), up0, h0, e0, f0, diagonal0, bits);
    if (purpose != StripPurpose::trace || !first_only) {
      const V up1 = hn::IfThenElse(first_lane, last_h0, last_h1);
      f1 = hn::IfThenElse(first_lane, last_f0, last_f1);
      cells(at_edge, first - rows, query1, hn::LoadU(d8, target - k + lanes), up1, h1, e1, f1, diagonal1,
            bits + vector_masks);
    }
    if constexpr (purpose != StripPurpose::scores) bits += (purpose == StripPurpose::trace ? trace_masks : 1) * masks;
  };
  if (job.exact_band) {
    for (std::int64_t k = 0; k < segment.steps; ++k) step(std::true_type(), k);
  } else {
    for (std::int64_t k = 0; k < segment.steps; ++k) step(std::false_type(), k);
  }

  T* to = segment.to + row;
  hn::StoreU(h0, d, to);
  hn::StoreU(h1, d, to + lanes);
  hn::StoreU(e0, d, to + height);
  hn::StoreU(e1, d, to + height + lanes);
  hn::StoreU(f0, d, to + 2 * height);
  hn::StoreU(f1, d, to + 2 * height + lanes);
  hn::StoreU(diagonal0, d, to + 3 * height);
  hn::StoreU(diagonal1, d, to + 3 * height + lanes);
  return hn::GetLane(hn::MaxOfLanes(d, best));
}

/// Computes the segment two vectors at a time. Returns the highest score.
template <typename T, StripPurpose purpose, class Scores>
T fill_segment(const LocalStripJob& job, const Scores& scores, const LocalSegment<T>& segment) {
  const hn::ScalableTag<T> d;
  const std::int64_t parts = strip_rows<T>() / (2 * static_cast<std::int64_t>(hn::Lanes(d)));
  if (parts == 1) return fill_two_vectors<T, purpose>(job, scores, segment, 0);
  T between_h[strip_tile_steps], between_f[strip_tile_steps];
  LocalSegment<T> upper = segment, lower = segment;
  upper.below_h = between_h;
  upper.below_f = between_f;
  lower.above_h = between_h;
  lower.above_f = between_f;
  const T best = fill_two_vectors<T, purpose>(job, scores, upper, 0);
  if (purpose == StripPurpose::trace && job.upper_only) return best;
  return std::max(best, fill_two_vectors<T, purpose>(job, scores, lower, 1));
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
