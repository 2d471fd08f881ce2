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
#include <type_traits>

#include "align/cpu/rotate-inl.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/strip_job.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What a step has to look after.
enum class StripStep {
  anything,  ///< rows that have not begun, and both edges of the band
  enters,    ///< rows that the band has not reached
  core,      ///< nothing
  leaves,    ///< rows that have left the band
};

template <StripStep step>
using StripStepOf = std::integral_constant<StripStep, step>;

/// From [lanes - n] on: `inside` n times and then `outside`; from [2 * lanes - n]: `outside` n times and then `inside`.
template <class D>
struct BandEdge {
  static constexpr std::size_t lanes = hn::MaxLanes(D());
  static constexpr std::int8_t inside = std::numeric_limits<std::int8_t>::max();
  static constexpr std::int8_t outside = std::numeric_limits<std::int8_t>::min();
  std::int8_t limits[3 * lanes];

  constexpr BandEdge() : limits() {
    for (std::size_t k = 0; k < 3 * lanes; ++k) limits[k] = k < lanes || k >= 2 * lanes ? inside : outside;
  }
};

/// A strip of one vector, or of two below each other: a step waits for the one before, and with two there is more to do
/// meanwhile. They have names of their own because scalable vectors cannot be elements.
template <bool traced, bool two, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a strip have to live in one frame
static void fill_strip_as(const StripJob& job, const Scores& scores) {
  const hn::ScalableTag<std::int8_t> d;
  const hn::ScalableTag<std::uint8_t> d8;
  using V = hn::Vec<decltype(d)>;
  using V8 = hn::Vec<decltype(d8)>;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d)), rows = two ? 2 * lanes : lanes;
  const std::size_t masks = mask_bytes(hn::Lanes(d)), mask_stride = two ? 2 * masks : masks;
  const Boundary& boundary = job.boundary;
  const V open = hn::Set(d, static_cast<std::int8_t>(boundary.gap_open));
  static constexpr BandEdge<decltype(d)> edge;
  const auto first_lane = hn::FirstN(d, 1);
  const V8 query0 = hn::LoadU(d8, job.query), query1 = two ? hn::LoadU(d8, job.query + lanes) : query0;

  // Column 0, where each lane begins unless the band does later.
  const auto left_u = [&](std::int64_t i) {
    return static_cast<std::int8_t>(boundary.first_column(i) - boundary.first_column(i - 1) + boundary.gap_extend);
  };
  V u1 = hn::Set(d, left_u(job.first_row + 1)), u0 = hn::IfThenElse(first_lane, hn::Set(d, left_u(job.first_row)), u1);
  V b0 = hn::Sub(u0, open), b1 = hn::Sub(u1, open), v0 = hn::Zero(d), v1 = v0, c0 = v0, c1 = v0;
  if (job.from != nullptr) {
    const auto saved = [&](std::int64_t which, std::int64_t vector)
                           HWY_ATTR { return hn::LoadU(d, job.from + which * rows + vector * lanes); };
    u0 = saved(0, 0);
    b0 = saved(1, 0);
    v0 = saved(2, 0);
    c0 = saved(3, 0);
    if constexpr (two) {
      u1 = saved(0, 1);
      b1 = saved(1, 1);
      v1 = saved(2, 1);
      c1 = saved(3, 1);
    }
  }

  const std::int8_t* above_v = job.above.v - job.above.first_column;
  const std::int8_t* above_c = job.above.c - job.above.first_column;
  std::int8_t* below_v = job.below.v - job.below.first_column - rows;
  std::int8_t* below_c = job.below.c - job.below.first_column - rows;
  const std::uint8_t* target = job.target_reversed + job.columns;
  std::uint8_t* trace = job.trace;

  // The cells of one vector, `vector` vectors below the first; v and c are of the row above.
  const auto cells = [&]<StripStep step>(StripStepOf<step>, std::int64_t t, std::int64_t vector, V8 query, V& u, V& b,
                                         V& v, V& c) HWY_ATTR __attribute__((always_inline)) {
    constexpr bool anything = step == StripStep::anything;
    const auto lanes_before = [&](std::int64_t row) HWY_ATTR {
      return static_cast<std::size_t>(std::clamp<std::int64_t>(row - vector * lanes, 0, lanes));
    };
    // No gap comes from outside the band.
    const std::int64_t diagonal = t - job.first_row;  // of the first row
    if constexpr (anything || step == StripStep::enters) {
      const std::size_t inside = lanes_before((diagonal - job.lowest_diagonal + 1) >> 1);
      const V limited = hn::Min(b, hn::LoadU(d, edge.limits + edge.lanes - inside));
      b = anything ? hn::IfThenElse(hn::FirstN(d, lanes_before(t)), limited, b) : limited;
    }
    if constexpr (anything || step == StripStep::leaves) {
      const std::size_t outside = lanes_before(((diagonal - job.highest_diagonal) >> 1) + 1);
      c = hn::Min(c, hn::LoadU(d, edge.limits + 2 * edge.lanes - outside));
    }
    const V8 letters = hn::LoadU(d8, target - t + vector * lanes);
    const V score = hn::BitCast(d, scores.lookup(d8, query, letters));
    // What comes from the row above comes last: it is what the next step waits for.
    const V z = hn::Max(hn::Max(score, b), c);
    const V opened = hn::Sub(z, open);
    const V e = hn::Max(b, opened);
    const V f = hn::Max(c, opened);
    if constexpr (traced) {
      std::uint8_t* to = trace + static_cast<std::size_t>(vector) * masks;
      hn::StoreMaskBits(d, hn::Eq(score, z), to);
      hn::StoreMaskBits(d, hn::Eq(b, hn::Max(b, c)), to + mask_stride);
      hn::StoreMaskBits(d, hn::Eq(opened, e), to + 2 * mask_stride);
      hn::StoreMaskBits(d, hn::Eq(opened, f), to + 3 * mask_stride);
    }
    const V next_u = hn::Sub(z, v), next_b = hn::Sub(e, v);
    v = hn::Sub(z, u);
    c = hn::Sub(f, u);
    if constexpr (anything) {
      const auto begun = hn::FirstN(d, lanes_before(t));
      u = hn::IfThenElse(begun, next_u, u);
      b = hn::IfThenElse(begun, next_b, b);
    } else {
      u = next_u;
      b = next_b;
    }
  };
  const auto store_below = [&](std::int64_t t) HWY_ATTR {
    below_v[t] = hn::GetLane(rotate_up(d, two ? v1 : v0));
    below_c[t] = hn::GetLane(rotate_up(d, two ? c1 : c0));
  };
  const auto step = [&](auto kind, std::int64_t t) HWY_ATTR __attribute__((always_inline)) {
    if constexpr (!traced) store_below(t);
    if constexpr (two) {
      v1 = shift_up(d, v1, v0);
      c1 = shift_up(d, c1, c0);
    }
    v0 = shift_up(d, v0, hn::Set(d, above_v[t]));
    c0 = shift_up(d, c0, hn::Set(d, above_c[t]));
    cells(kind, t, 0, query0, u0, b0, v0, c0);
    if constexpr (two) cells(kind, t, 1, query1, u1, b1, v1, c1);
    if constexpr (traced) trace += trace_masks * mask_stride;
  };
  const auto store_state = [&](std::int8_t* state) HWY_ATTR {
    const auto save = [&](V value, std::int64_t which, std::int64_t vector)
                          HWY_ATTR { hn::StoreU(value, d, state + which * rows + vector * lanes); };
    save(u0, 0, 0);
    save(b0, 1, 0);
    save(v0, 2, 0);
    save(c0, 3, 0);
    if constexpr (two) {
      save(u1, 0, 1);
      save(b1, 1, 1);
      save(v1, 2, 1);
      save(c1, 3, 1);
    }
  };

  // Steps between these have begun in all rows, and all of those lie inside the band and off its edges.
  const std::int64_t core_first = std::max(rows, job.first_row + job.lowest_diagonal + 2 * rows - 1);
  const std::int64_t core_last = job.first_row + job.highest_diagonal - 1;
  std::int8_t* state = job.states;
  for (std::int64_t t = job.first_step; t <= job.last_step;) {
    if (state != nullptr) {
      store_state(state);
      state += static_cast<std::int64_t>(strip_state_vectors) * rows;
    }
    const std::int64_t last = std::min(job.last_step, t + strip_tile_steps - 1);
    const auto steps_until = [&](auto kind, std::int64_t end) HWY_ATTR __attribute__((always_inline)) {
      for (; t < std::min(last + 1, end); ++t) step(kind, t);
    };
    steps_until(StripStepOf<StripStep::anything>(), rows);
    steps_until(StripStepOf<StripStep::enters>(), std::min(core_first, core_last + 1));
    steps_until(StripStepOf<StripStep::anything>(), core_first);
    steps_until(StripStepOf<StripStep::core>(), core_last + 1);
    steps_until(StripStepOf<StripStep::leaves>(), last + 1);
  }
  if constexpr (!traced) {
    if (job.first_step <= job.last_step) store_below(job.last_step + 1);
  }
}

template <bool two, class Scores>
void fill_strip_of(const StripJob& job, const Scores& scores) {
  if (job.trace != nullptr) return fill_strip_as<true, two>(job, scores);
  fill_strip_as<false, two>(job, scores);
}

template <class Scores>
void fill_strip_with(const StripJob& job, const Scores& scores) {
  if (job.vectors == 2) return fill_strip_of<true>(job, scores);
  fill_strip_of<false>(job, scores);
}

inline void fill_strip(const StripJob& job) {
  if (job.scores->is_match_form()) return fill_strip_with(job, PreparedMatchScores{*job.scores});
  fill_strip_with(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
