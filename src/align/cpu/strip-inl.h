// The strip kernel: a vector of neighbouring query rows moves along the target, each row one column behind the one
// above, so that its state stays in registers. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_STRIP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_STRIP_INL_H_
#undef ANNEAL_ALIGN_CPU_STRIP_INL_H_
#else
#define ANNEAL_ALIGN_CPU_STRIP_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <limits>

#include "align/cpu/rotate-inl.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/strip_job.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <bool traced, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a strip have to live in one frame
void fill_strip_as(const StripJob& job, const Scores& scores) {
  const hn::ScalableTag<std::int8_t> d;
  const hn::ScalableTag<std::uint8_t> d8;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::size_t masks = mask_bytes(hn::Lanes(d));
  const Boundary& boundary = job.boundary;
  const V open = hn::Set(d, static_cast<std::int8_t>(boundary.gap_open));
  const V minus_infinity = hn::Set(d, std::numeric_limits<std::int8_t>::min());
  const auto first_lane = hn::FirstN(d, 1);
  const auto query = hn::LoadU(d8, job.query);

  // Column 0, where each lane begins unless the band does later.
  const auto left_u = [&](std::int64_t i) {
    return static_cast<std::int8_t>(boundary.first_column(i) - boundary.first_column(i - 1) + boundary.gap_extend);
  };
  V u = hn::IfThenElse(first_lane, hn::Set(d, left_u(job.first_row)), hn::Set(d, left_u(job.first_row + 1)));
  V b = hn::Sub(u, open), v = hn::Zero(d), c = v;
  if (job.from != nullptr) {
    u = hn::LoadU(d, job.from);
    b = hn::LoadU(d, job.from + lanes);
    v = hn::LoadU(d, job.from + 2 * lanes);
    c = hn::LoadU(d, job.from + 3 * lanes);
  }

  const std::int8_t* above_v = job.above.v - job.above.first_column;
  const std::int8_t* above_c = job.above.c - job.above.first_column;
  std::int8_t* below_v = job.below.v - job.below.first_column - lanes;
  std::int8_t* below_c = job.below.c - job.below.first_column - lanes;
  const std::uint8_t* target = job.target_reversed + job.columns;
  std::uint8_t* trace = job.trace;

  const auto step = [&](auto at_edge, std::int64_t t) HWY_ATTR __attribute__((always_inline)) {
    v = rotate_up(d, v);
    c = rotate_up(d, c);
    if constexpr (!traced) {
      below_v[t] = hn::GetLane(v);
      below_c[t] = hn::GetLane(c);
    }
    v = hn::IfThenElse(first_lane, hn::Set(d, above_v[t]), v);
    c = hn::IfThenElse(first_lane, hn::Set(d, above_c[t]), c);
    const auto lanes_before = [&](std::int64_t lane) HWY_ATTR {
      return hn::FirstN(d, static_cast<std::size_t>(std::clamp<std::int64_t>(lane, 0, lanes)));
    };
    const auto begun = lanes_before(t);
    if constexpr (at_edge) {
      // No gap comes from outside the band.
      const std::int64_t diagonal = t - job.first_row;  // of lane 0
      const auto inside = lanes_before((diagonal - job.lowest_diagonal + 1) >> 1);
      b = hn::IfThenElse(hn::AndNot(inside, begun), minus_infinity, b);
      c = hn::IfThenElse(lanes_before(((diagonal - job.highest_diagonal) >> 1) + 1), minus_infinity, c);
    }
    const V score = hn::BitCast(d, scores.lookup(d8, query, hn::LoadU(d8, target - t)));
    // What comes from the row above comes last: it is what the next step waits for.
    const V z = hn::Max(hn::Max(score, b), c);
    const V opened = hn::Sub(z, open);
    const V e = hn::Max(b, opened);
    const V f = hn::Max(c, opened);
    if constexpr (traced) {
      hn::StoreMaskBits(d, hn::Eq(score, z), trace);
      hn::StoreMaskBits(d, hn::Eq(b, hn::Max(b, c)), trace + masks);
      hn::StoreMaskBits(d, hn::Eq(opened, e), trace + 2 * masks);
      hn::StoreMaskBits(d, hn::Eq(opened, f), trace + 3 * masks);
      trace += trace_masks * masks;
    }
    const V next_u = hn::Sub(z, v), next_b = hn::Sub(e, v);
    v = hn::Sub(z, u);
    c = hn::Sub(f, u);
    if constexpr (at_edge) {
      u = hn::IfThenElse(begun, next_u, u);
      b = hn::IfThenElse(begun, next_b, b);
    } else {
      u = next_u;
      b = next_b;
    }
  };

  // Steps between these have begun in all lanes, and all lanes lie inside the band and off its edges.
  const std::int64_t core_first = std::max(lanes, job.first_row + job.lowest_diagonal + 2 * lanes - 1);
  const std::int64_t core_last = job.first_row + job.highest_diagonal - 1;
  std::int8_t* state = job.states;
  for (std::int64_t t = job.first_step; t <= job.last_step;) {
    if (state != nullptr) {
      hn::StoreU(u, d, state);
      hn::StoreU(b, d, state + lanes);
      hn::StoreU(v, d, state + 2 * lanes);
      hn::StoreU(c, d, state + 3 * lanes);
      state += static_cast<std::int64_t>(strip_state_vectors) * lanes;
    }
    const std::int64_t last = std::min(job.last_step, t + strip_tile_steps - 1);
    for (; t <= std::min(last, core_first - 1); ++t) step(std::true_type(), t);
    for (; t <= std::min(last, core_last); ++t) step(std::false_type(), t);
    for (; t <= last; ++t) step(std::true_type(), t);
  }
  if constexpr (!traced) {
    if (job.first_step > job.last_step) return;
    below_v[job.last_step + 1] = hn::GetLane(rotate_up(d, v));
    below_c[job.last_step + 1] = hn::GetLane(rotate_up(d, c));
  }
}

template <class Scores>
void fill_strip_with(const StripJob& job, const Scores& scores) {
  if (job.trace != nullptr) return fill_strip_as<true>(job, scores);
  fill_strip_as<false>(job, scores);
}

inline void fill_strip(const StripJob& job) {
  if (job.scores->is_match_form()) return fill_strip_with(job, PreparedMatchScores{*job.scores});
  fill_strip_with(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
