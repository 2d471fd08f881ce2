// Extensions of short queries whose gaps have two pieces: every row has a lane of one or two vectors, which stay in
// registers. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_TWO_PIECE_NARROW_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_TWO_PIECE_NARROW_INL_H_
#undef ANNEAL_ALIGN_CPU_TWO_PIECE_NARROW_INL_H_
#else
#define ANNEAL_ALIGN_CPU_TWO_PIECE_NARROW_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <limits>

#include "align/cpu/ksw2_progress.h"
#include "align/cpu/rotate-inl.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/two_piece_cells-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Vectors cannot be members where their size is not known.
#if !HWY_HAVE_SCALABLE

/// Row k is lane k. Rows that have not begun hold the matrix's first column: the band is at least as wide as there are
/// rows.
template <int vectors, TracedGaps traced>
class NarrowTwoPieceKernel {
  using D = hn::ScalableTag<std::int8_t>;
  using D16 = hn::ScalableTag<std::int16_t>;
  static constexpr D d{};
  static constexpr hn::ScalableTag<std::uint8_t> d8{};
  static constexpr D16 d16{};
  static constexpr hn::Half<D> half{};
  using V = hn::Vec<D>;
  using V16 = hn::Vec<D16>;
  static constexpr std::int64_t lanes = hn::MaxLanes(D());

 public:
  static constexpr std::int64_t most_rows = std::min<std::int64_t>(vectors * lanes, 128) - 1;

  static bool fits(const TwoPieceJob& job) {
    return job.rows <= most_rows && (job.band.width < 0 || job.band.width >= job.rows);
  }

  explicit NarrowTwoPieceKernel(const TwoPieceJob& job) : job_(job), gaps_(job.boundary) {}

  HWY_INLINE void run() {
    Place place{.before = diagonal_range(0, job_.rows, job_.columns, job_.band)};
    Rows first = begin(0), second = begin(vectors > 1 ? lanes : 0);
    while (place.diagonal < job_.last) {
      advance_usual(place, first, second);
      if (place.is_unusual && !job_.progress->take_unusual(place.diagonal, place.before, place.highest)) return;
    }
  }

 private:
  struct Rows {
    hn::Vec<hn::ScalableTag<std::uint8_t>> query;
    V u, v, x, y, x2, y2;
    V16 lower_h, upper_h;
    V number;
  };

  // The antidiagonal that was computed last.
  struct Place {
    std::int64_t diagonal = 0;
    DiagonalRange before{};
    std::int32_t highest = 0;
    bool is_unusual = false;
  };

  // What all rows of an antidiagonal have in common.
  struct Step {
    const std::uint8_t* target;
    std::int16_t* h;
    std::int64_t traced_from;
    std::int16_t first_row;
    std::int16_t last_row;
    std::int8_t above_at;  // the row whose cell has none above on the antidiagonal before, or -1
    std::int8_t v, y, y2;  // what that cell gets instead
  };

  HWY_INLINE Rows begin(std::int64_t first) const {
    HWY_ALIGN std::int8_t u[lanes], number[lanes];
    HWY_ALIGN std::int16_t h[lanes];
    for (std::int64_t k = 0; k < lanes; ++k) {
      const std::int64_t row = first + k;
      const bool exists = row >= 1 && row <= job_.rows;
      u[k] = static_cast<std::int8_t>(exists ? edge_step(gaps_, row) : 0);
      h[k] = static_cast<std::int16_t>(exists ? job_.boundary.gap(row) : 0);
      number[k] = static_cast<std::int8_t>(row);
    }
    const auto opened = [&](const GapCost& gap)
                            HWY_ATTR { return hn::Set(d, static_cast<std::int8_t>(-gap.open - gap.extend)); };
    return {.query = hn::LoadU(d8, job_.query + (first <= job_.rows ? first : 0)),
            .u = hn::Load(d, u),
            .v = hn::Zero(d),
            .x = opened(gaps_.first),
            .y = hn::Zero(d),
            .x2 = opened(gaps_.second),
            .y2 = hn::Zero(d),
            .lower_h = hn::Load(d16, h),
            .upper_h = hn::Load(d16, h + lanes / 2),
            .number = hn::Load(d, number)};
  }

  // Up to an antidiagonal that take_usual() leaves to the other one. Without any call, or else vectors would not stay
  // in registers.
  HWY_NOINLINE void advance_usual(Place& place, Rows& kept_first, Rows& kept_second) const {
    Rows first = kept_first, second = kept_second;
    Ksw2Progress& progress = *job_.progress;
    const TwoPieces gaps = gaps_;
    const MatchScores scores{*job_.scores};
    DiagonalRange before = place.before;
    std::int64_t diagonal = place.diagonal;
    std::uint8_t* trace = job_.trace + static_cast<std::size_t>(diagonal) * job_.trace_stride;
    std::int32_t highest = 0;
    bool is_usual = true;
    while (is_usual && diagonal < job_.last) {
      ++diagonal;
      const DiagonalRange range = diagonal_range(diagonal, job_.rows, job_.columns, job_.band);
      if (range.count() > 0) {
        const Step step = step_of(diagonal, range, before);
        const V v = first.v, y = first.y, y2 = first.y2;
        V16 best = hn::Set(d16, std::numeric_limits<std::int16_t>::min());
        // A vector whose rows are over, or have not begun, stays as it is.
        if (vectors == 1 || range.first_row < lanes) {
          best = advance(step, gaps, scores, 0, hn::Zero(d), hn::Zero(d), hn::Zero(d), first, trace);
        }
        if (vectors > 1 && range.last_row >= lanes) {
          best = hn::Max(best, advance(step, gaps, scores, lanes, v, y, y2, second, trace));
        }
        highest = highest_lane(d16, best);
      }
      is_usual = progress.take_usual<std::int16_t>(diagonal, range, highest);
      before = range;
      trace += job_.trace_stride;
    }
    kept_first = first;
    kept_second = second;
    place = {diagonal, before, highest, !is_usual};
  }

  HWY_INLINE Step step_of(std::int64_t diagonal, DiagonalRange range, DiagonalRange before) const {
    const bool in_first_row = range.first_row == 1 && job_.band.contains(0, diagonal - 1);
    const auto unreachable = static_cast<std::int8_t>(job_.unreachable);
    const auto of = [&](std::int64_t value) { return in_first_row ? static_cast<std::int8_t>(value) : unreachable; };
    return {.target = job_.target_reversed + job_.columns - diagonal,
            .h = job_.progress->next<std::int16_t>(),
            .traced_from = traced_from(range, lanes),
            .first_row = static_cast<std::int16_t>(range.first_row),
            .last_row = static_cast<std::int16_t>(range.last_row),
            .above_at = static_cast<std::int8_t>(range.first_row == before.first_row ? range.first_row : -1),
            .v = static_cast<std::int8_t>(in_first_row ? edge_step(gaps_, diagonal - 1) : 0),
            .y = of(-gaps_.first.open - gaps_.first.extend),
            .y2 = of(-gaps_.second.open - gaps_.second.extend)};
  }

  // The rows above this vector's had these v, y and y2. Returns the highest scores.
  static HWY_INLINE V16 advance(const Step& step, const TwoPieces& gaps, const MatchScores& scores, std::int64_t first,
                                V v_above, V y_above, V y2_above, Rows& rows, std::uint8_t* trace) {
    const auto target = scores.prepare_target(d8, hn::LoadU(d8, step.target + first));
    const V score = hn::BitCast(d, scores.lookup(d8, rows.query, target));
    V u = rows.u, x = rows.x, x2 = rows.x2;
    V v = shift_up(d, rows.v, v_above), y = shift_up(d, rows.y, y_above), y2 = shift_up(d, rows.y2, y2_above);
    if (first == 0 || step.above_at >= first) {
      const auto there = hn::Eq(rows.number, hn::Set(d, step.above_at));
      v = hn::IfThenElse(there, hn::Set(d, step.v), v);
      y = hn::IfThenElse(there, hn::Set(d, step.y), y);
      y2 = hn::IfThenElse(there, hn::Set(d, step.y2), y2);
    }
    const V bits = advance_cells<traced>(d, gaps, score, u, v, x, y, x2, y2);
    if (traced != TracedGaps::none && first >= step.traced_from) {
      hn::StoreU(hn::BitCast(d8, bits), d8, trace + (first - step.traced_from));
    }
    const auto waits = hn::Gt(rows.number, hn::Set(d, static_cast<std::int8_t>(step.last_row)));
    rows.u = hn::IfThenElse(waits, rows.u, u);
    rows.x = hn::IfThenElse(waits, rows.x, x);
    rows.x2 = hn::IfThenElse(waits, rows.x2, x2);
    rows.v = v;
    rows.y = y;
    rows.y2 = y2;
    const V16 lower = add_differences(step, first, hn::LowerHalf(half, v), rows.lower_h);
    const V16 upper = add_differences(step, first + lanes / 2, hn::UpperHalf(half, v), rows.upper_h);
    return hn::Max(lower, upper);
  }

  // Returns the scores of rows on the antidiagonal, and the lowest ones for others.
  static HWY_INLINE V16 add_differences(const Step& step, std::int64_t first, hn::Vec<hn::Half<D>> v, V16& h) {
    const V16 row = hn::Iota(d16, static_cast<std::int16_t>(first));
    const auto waits = hn::Gt(row, hn::Set(d16, step.last_row));
    const auto is_over = hn::Lt(row, hn::Set(d16, step.first_row));
    h = hn::IfThenElse(waits, h, hn::Add(h, hn::PromoteTo(d16, v)));
    hn::Store(h, d16, step.h + first);
    const V16 lowest = hn::Set(d16, std::numeric_limits<std::int16_t>::min());
    return hn::IfThenElse(hn::Or(waits, is_over), lowest, h);
  }

  const TwoPieceJob& job_;
  const TwoPieces gaps_;
};

template <int vectors>
void fill_narrow_two_piece(const TwoPieceJob& job) {
  if (job.trace == nullptr) {
    NarrowTwoPieceKernel<vectors, TracedGaps::none>(job).run();
  } else if (job.placement == GapPlacement::leftmost) {
    NarrowTwoPieceKernel<vectors, TracedGaps::leftmost>(job).run();
  } else {
    NarrowTwoPieceKernel<vectors, TracedGaps::rightmost>(job).run();
  }
}

#endif

/// Fills an extension by that kernel, and returns whether it could.
inline bool filled_narrow([[maybe_unused]] const TwoPieceJob& job) {
#if !HWY_HAVE_SCALABLE
  if (job.progress->bits() != 16 || !job.scores->is_match_form()) return false;
  if (NarrowTwoPieceKernel<1, TracedGaps::none>::fits(job)) {
    fill_narrow_two_piece<1>(job);
    return true;
  }
  if (NarrowTwoPieceKernel<2, TracedGaps::none>::fits(job)) {
    fill_narrow_two_piece<2>(job);
    return true;
  }
#endif
  return false;
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
