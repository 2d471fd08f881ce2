// The kernel for strips of local alignments; strip-inl.h says how strips work. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_
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

template <typename T, StripPurpose purpose, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a strip have to live in one frame
void fill_local_strip_as(const LocalStripJob& job, const Scores& scores) {
  const hn::ScalableTag<T> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::size_t masks = mask_bytes(hn::Lanes(d));
  [[maybe_unused]] const std::size_t cell_masks = purpose == StripPurpose::trace ? trace_masks * masks : masks;
  const V open_extend = hn::Set(d, static_cast<T>(job.gap_open + job.gap_extend));
  const V extend = hn::Set(d, static_cast<T>(job.gap_extend));
  const V zero = hn::Zero(d);
  const std::int64_t rows = 2 * lanes;
  const auto first_lane = hn::FirstN(d, 1);
  const auto query0 = hn::LoadU(d8, job.query), query1 = hn::LoadU(d8, job.query + lanes);

  // Two vectors of rows, so that the processor need not wait for either.
  V h0 = zero, e0 = hn::Sub(zero, open_extend), f0 = e0, diagonal0 = zero;
  V h1 = zero, e1 = e0, f1 = e0, diagonal1 = zero;
  if (const T* from = static_cast<const T*>(job.from)) {
    h0 = hn::LoadU(d, from);
    e0 = hn::LoadU(d, from + lanes);
    f0 = hn::LoadU(d, from + 2 * lanes);
    diagonal0 = hn::LoadU(d, from + 3 * lanes);
    h1 = hn::LoadU(d, from + 4 * lanes);
    e1 = hn::LoadU(d, from + 5 * lanes);
    f1 = hn::LoadU(d, from + 6 * lanes);
    diagonal1 = hn::LoadU(d, from + 7 * lanes);
  }
  V best = zero;
  [[maybe_unused]] const V wanted = hn::Set(d, static_cast<T>(job.wanted));
  const T* above = static_cast<const T*>(job.above);
  [[maybe_unused]] T* below = static_cast<T*>(job.below);
  const std::uint8_t* target = job.target_reversed + job.columns;
  [[maybe_unused]] std::uint8_t* trace = purpose == StripPurpose::find ? job.found : job.trace;

  // One vector of cells, whose first is on diagonal `first`. `f` is F(i,j), then F(i+1,j); `up` is H(i-1,j).
  const auto cells = [&](auto at_edge, std::int64_t first, auto query, auto letters, V up, V& h, V& e, V& f,
                         V& diagonal, [[maybe_unused]] std::uint8_t* bits) HWY_ATTR __attribute__((always_inline)) {
    const V aligned = hn::Add(diagonal, widen_scores(d, d8, scores.lookup(d8, query, letters)));
    if constexpr (purpose == StripPurpose::trace) {
      const V gap = hn::Max(e, f);
      hn::StoreMaskBits(d, hn::Eq(aligned, hn::Max(aligned, gap)), bits);
      hn::StoreMaskBits(d, hn::Eq(e, gap), bits + masks);
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
      hn::StoreMaskBits(d, hn::Eq(opened, e), bits + 2 * masks);
      hn::StoreMaskBits(d, hn::Eq(opened, f), bits + 3 * masks);
    }
    if constexpr (purpose == StripPurpose::find) hn::StoreMaskBits(d, hn::Eq(h, wanted), bits);
  };
  const auto step = [&](auto at_edge, std::int64_t t) HWY_ATTR __attribute__((always_inline)) {
    const V last_h0 = rotate_up(d, h0), last_f0 = rotate_up(d, f0);
    const V up0 = hn::IfThenElse(first_lane, hn::Set(d, above[2 * t]), last_h0);
    f0 = hn::IfThenElse(first_lane, hn::Set(d, above[2 * t + 1]), last_f0);
    const std::int64_t first = t - job.first_row;
    cells(at_edge, first, query0, hn::LoadU(d8, target - t), up0, h0, e0, f0, diagonal0, trace);
    if (purpose != StripPurpose::trace || !job.upper_only) {
      const V last_h1 = rotate_up(d, h1), last_f1 = rotate_up(d, f1);
      if constexpr (purpose == StripPurpose::scores) {
        below[2 * (t - rows)] = hn::GetLane(last_h1);
        below[2 * (t - rows) + 1] = hn::GetLane(last_f1);
      }
      const V up1 = hn::IfThenElse(first_lane, last_h0, last_h1);
      f1 = hn::IfThenElse(first_lane, last_f0, last_f1);
      cells(at_edge, first - rows, query1, hn::LoadU(d8, target - t + lanes), up1, h1, e1, f1, diagonal1,
            trace + cell_masks);
    }
    if constexpr (purpose != StripPurpose::scores) trace += 2 * cell_masks;
  };
  const auto steps = [&](std::int64_t t, std::int64_t last) HWY_ATTR __attribute__((always_inline)) {
    if (job.exact_band) {
      for (; t <= last; ++t) step(std::true_type(), t);
    } else {
      for (; t <= last; ++t) step(std::false_type(), t);
    }
  };

  if constexpr (purpose != StripPurpose::scores) {
    steps(job.first_step, job.last_step);
  } else {
    T* state = static_cast<T*>(job.states);
    std::int32_t* tile_best = job.tile_best;
    std::int64_t t = job.first_step;
    // Whether no alignment that matters goes on from the cells of the last two steps.
    const auto ends_before = [&](std::int64_t next) HWY_ATTR {
      const std::int64_t reached =
          hn::GetLane(hn::MaxOfLanes(d, hn::Max(hn::Max(h0, diagonal0), hn::Max(h1, diagonal1))));
      const std::int64_t letters = std::min(job.rows - job.first_row + 1, job.columns - (next - 1 - rows));
      return reached + job.highest * letters < job.least;
    };
    bool ended = false;
    while (t <= job.last_step && !ended) {
      hn::StoreU(h0, d, state);
      hn::StoreU(e0, d, state + lanes);
      hn::StoreU(f0, d, state + 2 * lanes);
      hn::StoreU(diagonal0, d, state + 3 * lanes);
      hn::StoreU(h1, d, state + 4 * lanes);
      hn::StoreU(e1, d, state + 5 * lanes);
      hn::StoreU(f1, d, state + 6 * lanes);
      hn::StoreU(diagonal1, d, state + 7 * lanes);
      state += 8 * lanes;
      const std::int64_t tile_last = std::min(job.last_step, t + strip_tile_steps - 1);
      best = zero;
      while (t <= tile_last && !ended) {
        constexpr std::int64_t between_tests = 16;
        const std::int64_t last = std::min(tile_last, std::max(job.last_active, t + between_tests - 1));
        steps(t, last);
        t = last + 1;
        ended = last >= job.last_active && ends_before(t);
      }
      *tile_best++ = hn::GetLane(hn::MaxOfLanes(d, best));
    }
    *job.last_done = t - 1;
    below[2 * (t - rows)] = hn::GetLane(rotate_up(d, h1));
    below[2 * (t - rows) + 1] = hn::GetLane(rotate_up(d, f1));
  }
}

template <typename T, class Scores>
void fill_local_strip_with(const LocalStripJob& job, const Scores& scores) {
  if (job.trace != nullptr) return fill_local_strip_as<T, StripPurpose::trace>(job, scores);
  if (job.found != nullptr) return fill_local_strip_as<T, StripPurpose::find>(job, scores);
  fill_local_strip_as<T, StripPurpose::scores>(job, scores);
}

template <typename T>
void fill_local_strip(const LocalStripJob& job) {
  if (job.pair_scores != nullptr) return fill_local_strip_with<T>(job, PairNumberScores{*job.pair_scores});
  if (job.scores->is_match_form()) return fill_local_strip_with<T>(job, PreparedMatchScores{*job.scores});
  fill_local_strip_with<T>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
