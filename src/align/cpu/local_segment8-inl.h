// Segments of a strip of local alignments in 8 bits, where its scores fit. Included once per instruction set.
//
// A score at step k of the segment is stored as score - base + bias + gap_extend * (k + 2): in this drifting frame the
// extension of a gap costs nothing, and because nothing stored is below 0 or above 255, plain arithmetic does. Where
// all scores are high, `base` is, and the floor at 0 is out of reach.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_SEGMENT8_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_SEGMENT8_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_SEGMENT8_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_SEGMENT8_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "align/cpu/local_progress-inl.h"
#include "align/cpu/local_segment-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What scores of 16 bits have added when they are stored in 8, and which of them fit.
struct NarrowFrame {
  explicit NarrowFrame(const LocalStripJob& job)
      : open(job.gap_open), extend(job.gap_extend), highest(job.highest),
        bias(std::max(open, -(job.lowest + 2 * extend))) {}

  /// At step k of the segment.
  std::int16_t added(std::int64_t k) const { return static_cast<std::int16_t>(bias - base + extend * (k + 2)); }
  /// The highest score that a segment may begin with. A letter pair takes two steps.
  std::int64_t most(std::int64_t steps) const {
    return base + 255 - bias - highest * ((steps + 1) / 2) - extend * (steps + 2);
  }

  /// The least that E and F may be.
  std::int64_t least_gap() const { return base - open - extend; }

  std::int64_t open;
  std::int64_t extend;
  std::int64_t highest;
  std::int64_t bias;
  std::int64_t base = 0;
  bool has_floor = true;  ///< whether a score may fall below the base
};

/// Highest of `count` scores, rounded up to vectors, and of `other`.
HWY_INLINE std::int64_t highest_of(const std::int16_t* scores, std::int64_t count, std::int64_t other) {
  const hn::ScalableTag<std::int16_t> d;
  auto highest = hn::LoadU(d, scores);
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  for (std::int64_t k = lanes; k < count; k += lanes) highest = hn::Max(highest, hn::LoadU(d, scores + k));
  return std::max<std::int64_t>(other, hn::GetLane(hn::MaxOfLanes(d, highest)));
}

HWY_INLINE std::int64_t lowest_of(const std::int16_t* scores, std::int64_t count, std::int64_t other) {
  const hn::ScalableTag<std::int16_t> d;
  auto lowest = hn::LoadU(d, scores);
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  for (std::int64_t k = lanes; k < count; k += lanes) lowest = hn::Min(lowest, hn::LoadU(d, scores + k));
  return std::min<std::int64_t>(other, hn::GetLane(hn::MinOfLanes(d, lowest)));
}

/// A segment's frame, how many steps it suits, and the highest score that the segment begins with.
struct NarrowChoice {
  NarrowFrame frame;
  std::int64_t steps;
  std::int64_t highest;
};

/// Chooses a frame for as many of `steps` steps as fit; 0 if too few do. Scores up to `immaterial` may be raised to it.
inline NarrowChoice choose_frame(const LocalStripJob& job, const std::int16_t* state, const std::int16_t* above,
                                 std::int64_t steps, std::int64_t immaterial) {
  const hn::ScalableTag<std::int16_t> d;
  const std::int64_t height = strip_rows<std::int16_t>();
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  auto lowest = hn::LoadU(d, above), highest = lowest;
  const auto include = [&](const std::int16_t* scores) HWY_ATTR {
    const auto some = hn::LoadU(d, scores);
    lowest = hn::Min(lowest, some);
    highest = hn::Max(highest, some);
  };
  for (std::int64_t k = lanes; k < steps; k += lanes) include(above + k);
  for (std::int64_t lane = 0; lane < height; lane += lanes) include(state + lane), include(state + 3 * height + lane);
  const std::int64_t most = hn::GetLane(hn::MaxOfLanes(d, highest)), least = hn::GetLane(hn::MinOfLanes(d, lowest));
  NarrowChoice choice{NarrowFrame(job), steps, most};
  NarrowFrame& frame = choice.frame;
  if (most > frame.most(steps)) {
    // No cell falls below what a gap from the lowest one leaves.
    frame.base = std::max({std::int64_t{0}, least - frame.open, std::min(immaterial, most)});
    frame.has_floor = frame.base == 0 || frame.base > least - frame.open;
  }
  constexpr std::int64_t fewest = 8;
  for (;; choice.steps = (choice.steps + 1) / 2) {
    if (most <= frame.most(choice.steps)) return choice;
    if (choice.steps <= fewest) break;
  }
  choice.steps = 0;
  return choice;
}

/// A vector of 8 bits from scores, of which none is less than `least`, that each get `added`.
template <class D8>
HWY_INLINE hn::VFromD<D8> load_narrow(D8 d8, const std::int16_t* scores, std::int64_t least, std::int16_t added) {
  const hn::Half<D8> half;
  const hn::Rebind<std::int16_t, decltype(half)> d16;
  const auto add = hn::Set(d16, added), lowest = hn::Set(d16, static_cast<std::int16_t>(least));
  const auto lower = hn::Add(hn::Max(hn::LoadU(d16, scores), lowest), add);
  const auto upper = hn::Add(hn::Max(hn::LoadU(d16, scores + hn::Lanes(d16)), lowest), add);
  return hn::Combine(d8, hn::DemoteTo(half, upper), hn::DemoteTo(half, lower));
}

template <class D8>
HWY_INLINE void store_wide(D8, hn::VFromD<D8> stored, std::int16_t added, std::int16_t* scores) {
  const hn::Half<D8> half;
  const hn::Rebind<std::int16_t, decltype(half)> d16;
  const auto add = hn::Set(d16, added);
  hn::StoreU(hn::Sub(hn::PromoteTo(d16, hn::LowerHalf(half, stored)), add), d16, scores);
  hn::StoreU(hn::Sub(hn::PromoteTo(d16, hn::UpperHalf(half, stored)), add), d16, scores + hn::Lanes(d16));
}

/// Scores of a row, none less than `least`, for step k at [k], to bytes at [k], and back from bytes at [-k]. `added`
/// belongs to the first one and grows by `extend`.
HWY_INLINE void narrow_row(const std::int16_t* scores, std::int64_t count, std::int64_t least, std::int16_t added,
                           std::int64_t extend, std::uint8_t* bytes) {
  const hn::ScalableTag<std::int16_t> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  auto add = hn::Add(hn::Set(d, added), hn::Mul(hn::Iota(d, 0), hn::Set(d, static_cast<std::int16_t>(extend))));
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  for (std::int64_t k = 0; k < count; k += lanes) {
    const auto raised = hn::Max(hn::LoadU(d, scores + k), hn::Set(d, static_cast<std::int16_t>(least)));
    hn::StoreU(hn::DemoteTo(d8, hn::Add(raised, add)), d8, bytes + k);
    add = hn::Add(add, hn::Set(d, static_cast<std::int16_t>(lanes * extend)));
  }
}

HWY_INLINE void widen_row(const std::uint8_t* bytes, std::int64_t count, std::int16_t added, std::int64_t extend,
                          std::int16_t* scores) {
  const hn::ScalableTag<std::int16_t> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  auto add = hn::Add(hn::Set(d, added), hn::Mul(hn::Iota(d, 0), hn::Set(d, static_cast<std::int16_t>(extend))));
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  for (std::int64_t k = 0; k < count; k += lanes) {
    const auto reversed = hn::PromoteTo(d, hn::LoadU(d8, bytes - k - (lanes - 1)));
    hn::StoreU(hn::Sub(hn::Reverse(d, reversed), add), d, scores + k);
    add = hn::Add(add, hn::Set(d, static_cast<std::int16_t>(lanes * extend)));
  }
}

template <bool highest, class D8>
HWY_INLINE std::int64_t extreme_byte(D8, hn::VFromD<D8> bytes) {
  const hn::Half<D8> half;
  const hn::ScalableTag<std::int16_t> d;
  const auto lower = hn::PromoteTo(d, hn::LowerHalf(half, bytes)), upper = hn::PromoteTo(d, hn::UpperHalf(half, bytes));
  return hn::GetLane(highest ? hn::MaxOfLanes(d, hn::Max(lower, upper)) : hn::MinOfLanes(d, hn::Min(lower, upper)));
}

/// Computes segments for as long as their scores fit into the frame; the first one does.
template <StripPurpose purpose, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a strip have to live in one frame
static HWY_NOINLINE void fill_narrow_segments(const LocalStripJob& job, const Scores& scores,
                                              const NarrowChoice& choice, LocalProgress<std::int16_t>& progress) {
  static_assert(purpose != StripPurpose::find);
  const hn::ScalableTag<std::uint8_t> d;
  using V = hn::Vec<decltype(d)>;
  constexpr bool two = strip_vectors == 2;
  NarrowFrame frame = choice.frame;
  std::int64_t steps = choice.steps, highest = choice.highest;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::int64_t height = strip_rows<std::int16_t>();
  [[maybe_unused]] const std::size_t vector_masks = mask_bytes(hn::Lanes(d)), masks = vector_masks * strip_vectors;
  // What comes in at step k is at [HWY_MAX_BYTES + k], where vectors end; what goes out comes in reverse order, because
  // it is the last byte of a vector. That of the next segment is there before its steps, or they would wait for it.
  constexpr std::size_t row_bytes = 2 * HWY_MAX_BYTES + strip_tile_steps;
  HWY_ALIGN std::uint8_t above_h[2][row_bytes], above_f[2][row_bytes];
  HWY_ALIGN std::uint8_t below_h[row_bytes], below_f[row_bytes];
  const auto take_row = [&](const NarrowFrame& in, const std::int16_t* row, std::int64_t count, int to) HWY_ATTR {
    narrow_row(row, count, in.base, in.added(-1), in.extend, above_h[to] + HWY_MAX_BYTES);
    narrow_row(row + job.row_size, count, in.least_gap(), in.added(0), in.extend, above_f[to] + HWY_MAX_BYTES);
  };
  int current = 0;
  for (auto* row : {above_h[0], above_h[1], above_f[0], above_f[1]})
    hn::StoreU(hn::Zero(d), d, row + HWY_MAX_BYTES - lanes);
  take_row(frame, progress.above(), steps, current);
  const V open = hn::Set(d, static_cast<std::uint8_t>(job.gap_open));
  const V drift = hn::Set(d, static_cast<std::uint8_t>(job.gap_extend));
  const V query0 = hn::LoadU(d, job.query), query1 = hn::LoadU(d, job.query + (two ? lanes : 0));
  const V lowest_floor = hn::Set(d, static_cast<std::uint8_t>(frame.has_floor ? frame.bias + 2 * frame.extend : 0));
  const bool has_floor = frame.has_floor;
  const V floor_drift = has_floor ? drift : hn::Zero(d);

  const std::int16_t* from = progress.state();
  const auto state = [&](std::int64_t which, std::int64_t step, std::int64_t vector) HWY_ATTR {
    const std::int64_t least = which == 1 || which == 2 ? frame.least_gap() : frame.base;
    return load_narrow(d, from + which * height + (two ? vector * lanes : 0), least, frame.added(step));
  };
  V h0 = state(0, -1, 0), e0 = state(1, 0, 0), f0 = state(2, 0, 0), diagonal0 = state(3, -2, 0);
  V h1 = state(0, -1, 1), e1 = state(1, 0, 1), f1 = state(2, 0, 1), diagonal1 = state(3, -2, 1);
  V floor = lowest_floor, best = hn::Zero(d);
  for (bool fits = true; fits;) {
    const LocalSegment<std::int16_t>& segment = progress.segment(steps);
    NarrowFrame next_frame = frame;
    if (!has_floor) next_frame.base -= frame.extend * steps;
    if (segment.first + steps <= job.last_step) {
      take_row(next_frame, segment.above_h + steps, strip_tile_steps, 1 - current);
    }
    // Where a vector ends whose last byte comes in at step 0.
    const std::uint8_t* in_h = above_h[current] + HWY_MAX_BYTES + 1 - lanes;
    const std::uint8_t* in_f = above_f[current] + HWY_MAX_BYTES + 1 - lanes;
    std::uint8_t *out_h = below_h + strip_tile_steps - 1, *out_f = below_f + strip_tile_steps - 1;
    const std::uint8_t* target = job.target_reversed + (job.columns - segment.first);
    [[maybe_unused]] std::uint8_t* bits = segment.masks;
    const auto cells = [&](auto seeks_best, V query, V letters, V up, V& h, V& e, V& f, V& diagonal,
                           [[maybe_unused]] std::uint8_t* mask) HWY_ATTR __attribute__((always_inline)) {
      const V aligned = hn::Add(diagonal, scores.lookup(d, query, letters));
      if constexpr (purpose == StripPurpose::trace) {
        const V gap = hn::Max(e, f);
        hn::StoreMaskBits(d, hn::Eq(aligned, hn::Max(aligned, gap)), mask);
        hn::StoreMaskBits(d, hn::Eq(e, gap), mask + masks);
      }
      // A gap from F is no better than F, which the next step waits for.
      const V without_f = hn::Max(hn::Max(aligned, floor), e);
      h = hn::Max(without_f, f);
      f = hn::Max(f, hn::Sub(without_f, open));
      const V opened = hn::Sub(h, open);
      e = hn::Max(e, opened);
      diagonal = up;
      if constexpr (seeks_best) best = hn::Max(best, h);
      if constexpr (purpose == StripPurpose::trace) {
        hn::StoreMaskBits(d, hn::Eq(opened, e), mask + 2 * masks);
        hn::StoreMaskBits(d, hn::Eq(opened, f), mask + 3 * masks);
      }
    };
    const auto all_steps = [&](auto seeks_best) HWY_ATTR __attribute__((always_inline)) {
      for (std::int64_t k = 0; k < steps; ++k) {
        if constexpr (purpose == StripPurpose::scores) {
          hn::StoreU(two ? h1 : h0, d, out_h - k);
          hn::StoreU(two ? f1 : f0, d, out_f - k);
        }
        if constexpr (seeks_best) best = hn::Add(best, drift);
        if constexpr (two) {
          const V up1 = shift_up(d, h1, h0);
          f1 = shift_up(d, f1, f0);
          cells(seeks_best, query1, hn::LoadU(d, target - k + lanes), up1, h1, e1, f1, diagonal1, bits + vector_masks);
        }
        const V up0 = shift_up(d, h0, hn::LoadU(d, in_h + k));
        f0 = shift_up(d, f0, hn::LoadU(d, in_f + k));
        cells(seeks_best, query0, hn::LoadU(d, target - k), up0, h0, e0, f0, diagonal0, bits);
        floor = hn::Add(floor, floor_drift);
        if constexpr (purpose == StripPurpose::trace) bits += trace_masks * masks;
      }
    };
    // A score that is reached stands for the best one where no score that matters can be.
    std::int64_t found = highest;
    if constexpr (purpose == StripPurpose::trace) {
      all_steps(std::false_type());
    } else {
      if (highest + job.highest * ((steps + 1) / 2) < job.least) {
        all_steps(std::false_type());
      } else {
        best = hn::Zero(d);
        all_steps(std::true_type());
        found = extreme_byte<true>(d, best) - frame.added(steps - 1);
      }
      const std::int64_t last_out = strip_tile_steps - 1 + lanes - 1;
      widen_row(below_h + last_out, steps, frame.added(-1), frame.extend, segment.below_h);
      widen_row(below_f + last_out, steps, frame.added(0), frame.extend, segment.below_f);
    }

    if (has_floor) {
      const V drifted = hn::Set(d, static_cast<std::uint8_t>(frame.extend * steps));
      h0 = hn::Sub(h0, drifted), e0 = hn::Sub(e0, drifted), f0 = hn::Sub(f0, drifted);
      h1 = hn::Sub(h1, drifted), e1 = hn::Sub(e1, drifted), f1 = hn::Sub(f1, drifted);
      diagonal0 = hn::Sub(diagonal0, drifted), diagonal1 = hn::Sub(diagonal1, drifted);
      floor = lowest_floor;
    }
    frame = next_frame;
    current = 1 - current;

    const bool tile_complete = progress.advance(static_cast<std::int16_t>(found));
    // H drifted a step more than the diagonal.
    const V before_h0 = hn::Sub(h0, drift), before_h1 = hn::Sub(h1, drift);
    const V reached_last =
        two ? hn::Max(hn::Max(before_h0, before_h1), hn::Max(diagonal0, diagonal1)) : hn::Max(before_h0, diagonal0);
    const std::int64_t reached = extreme_byte<true>(d, reached_last) - frame.added(-2);
    std::int16_t* to = segment.to;
    const auto keep_state = [&]() HWY_ATTR __attribute__((always_inline)) {
      store_wide(d, h0, frame.added(-1), to);
      store_wide(d, e0, frame.added(0), to + height);
      store_wide(d, f0, frame.added(0), to + 2 * height);
      store_wide(d, diagonal0, frame.added(-2), to + 3 * height);
      if constexpr (two) {
        store_wide(d, h1, frame.added(-1), to + lanes);
        store_wide(d, e1, frame.added(0), to + height + lanes);
        store_wide(d, f1, frame.added(0), to + 2 * height + lanes);
        store_wide(d, diagonal1, frame.added(-2), to + 3 * height + lanes);
      }
      progress.kept_state();
    };
    if (tile_complete) keep_state();
    progress.begin_next(tile_complete, reached);
    fits = !progress.done();
    if (fits) {
      steps = progress.steps();
      highest = highest_of(progress.above(), steps, reached);
      fits = highest <= frame.most(steps) && (has_floor || frame.base > 0);
      if (fits && !has_floor) {
        const V lowest_last =
            two ? hn::Min(hn::Min(before_h0, before_h1), hn::Min(diagonal0, diagonal1)) : hn::Min(before_h0, diagonal0);
        const std::int64_t lowest = extreme_byte<false>(d, lowest_last) - frame.added(-2);
        fits = lowest_of(progress.above(), steps, lowest) >= frame.base + frame.open;
      }
    }
    if (!fits && !tile_complete) keep_state();
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
