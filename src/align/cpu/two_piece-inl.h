// Alignments whose gaps have two pieces, in differences: see two_piece_job.h. Arrays are updated in place, from the
// last rows of an antidiagonal to its first. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_
#undef ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_
#else
#define ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_
#endif

#include <hwy/highway.h>

#include <limits>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/ksw2_progress.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/two_piece_job.h"
#include "align/recurrence/trace.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Which trace bits a kernel stores.
enum class TracedGaps { none, leftmost, rightmost };

template <class D, class V>
HWY_INLINE hn::VFromD<D> widened(D d, V v) {
  if constexpr (sizeof(hn::TFromV<V>) == sizeof(hn::TFromD<D>)) {
    return v;
  } else {
    return hn::PromoteTo(d, v);
  }
}

/// H of an antidiagonal from the one before, row by row; returns the highest.
template <typename T, typename H>
std::int32_t add_differences(const T* v, const DiagonalRange& range, const H* before, H* now) {
  constexpr hn::ScalableTag<H> d{};
  constexpr hn::Rebind<T, hn::ScalableTag<H>> narrow{};
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const auto lowest = hn::Set(d, std::numeric_limits<H>::min());
  auto highest = lowest;
  for (std::int64_t i = range.first_row; i <= range.last_row; i += lanes) {
    const auto loaded = hn::LoadU(narrow, v + i);
    const auto h = hn::Add(hn::LoadU(d, before + i), widened(d, loaded));
    hn::StoreU(h, d, now + i);
    const auto left = static_cast<std::size_t>(range.last_row - i + 1);
    const auto inside = hn::FirstN(d, std::min(left, static_cast<std::size_t>(lanes)));
    highest = hn::Max(highest, hn::IfThenElse(inside, h, lowest));
  }
  return hn::GetLane(hn::MaxOfLanes(d, highest));
}

template <typename T>
HWY_INLINE bool goes_on(Ksw2Progress& progress, const T* v, std::int64_t diagonal, const DiagonalRange& range) {
  std::int32_t highest;
  if constexpr (sizeof(T) == 1) {
    highest = progress.bits() == 16
                  ? add_differences(v, range, progress.before<std::int16_t>(), progress.next<std::int16_t>())
                  : add_differences(v, range, progress.before<std::int32_t>(), progress.next<std::int32_t>());
  } else {
    highest = add_differences(v, range, progress.before<std::int32_t>(), progress.next<std::int32_t>());
  }
  return progress.take(diagonal, range, highest);
}

template <typename T, TracedGaps traced, class Scores>
class TwoPieceKernel {
  static constexpr hn::ScalableTag<T> d{};
  static constexpr hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d8{};
  using V = hn::Vec<hn::ScalableTag<T>>;

 public:
  TwoPieceKernel(const TwoPieceJob& job, const Scores& scores)
      : job_(job), scores_(scores), gaps_(job.boundary), u_(static_cast<T*>(job.u)), v_(static_cast<T*>(job.v)),
        x_(static_cast<T*>(job.x)), y_(static_cast<T*>(job.y)), x2_(static_cast<T*>(job.x2)),
        y2_(static_cast<T*>(job.y2)), opened_(static_cast<T>(-gaps_.first.open - gaps_.first.extend)),
        opened2_(static_cast<T>(-gaps_.second.open - gaps_.second.extend)) {}

  void run() {
    for (std::int64_t diagonal = job_.first + 1; diagonal <= job_.last; ++diagonal) {
      const DiagonalRange range = diagonal_range(diagonal, job_.row_limit, job_.column_limit, job_.band);
      if (range.count() > 0) fill_diagonal(diagonal, range);
      set_neighbours(diagonal, range);
      if (job_.corner != nullptr) follow_corner(diagonal, *job_.corner);
      if (job_.progress != nullptr && !goes_on(*job_.progress, v_, diagonal, range)) return;
    }
  }

 private:
  HWY_INLINE void fill_diagonal(std::int64_t diagonal, DiagonalRange range) {
    // What is stored may be anything for all the compiler knows: so nothing is read from `this` inside the loop.
    T *const u = u_, *const v = v_, *const x = x_, *const y = y_, *const x2 = x2_, *const y2 = y2_;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    const V open = hn::Set(d, static_cast<T>(-gaps_.first.open));
    const V open2 = hn::Set(d, static_cast<T>(-gaps_.second.open));
    const V extend = hn::Set(d, static_cast<T>(gaps_.first.extend));
    const V extend2 = hn::Set(d, static_cast<T>(gaps_.second.extend));
    const std::uint8_t* query = job_.query - 1;
    const std::uint8_t* target = job_.target_reversed + job_.columns - diagonal;
    [[maybe_unused]] std::uint8_t* trace =
        job_.trace + static_cast<std::size_t>(diagonal - job_.first - 1) * job_.trace_stride;
    const Scores scores = scores_;

    for (std::int64_t chunk = (range.count() - 1) / lanes; chunk >= 0; --chunk) {
      const std::int64_t i = range.first_row + chunk * lanes;
      const auto t = scores.prepare_target(d8, hn::LoadU(d8, target + i));
      const V score = widen_scores(d, d8, scores.lookup(d8, hn::LoadU(d8, query + i), t));
      const V from_left = hn::LoadU(d, u + i), from_above = hn::LoadU(d, v + i - 1);
      const V a = hn::Add(hn::LoadU(d, x + i), from_left), b = hn::Add(hn::LoadU(d, y + i - 1), from_above);
      const V a2 = hn::Add(hn::LoadU(d, x2 + i), from_left), b2 = hn::Add(hn::LoadU(d, y2 + i - 1), from_above);
      const V z = hn::Max(hn::Max(score, hn::Max(a, b)), hn::Max(a2, b2));
      hn::StoreU(hn::Sub(z, from_above), d, u + i);
      hn::StoreU(hn::Sub(z, from_left), d, v + i);
      const V e = hn::Sub(a, z), f = hn::Sub(b, z), e2 = hn::Sub(a2, z), f2 = hn::Sub(b2, z);
      hn::StoreU(hn::Sub(hn::Max(e, open), extend), d, x + i);
      hn::StoreU(hn::Sub(hn::Max(f, open), extend), d, y + i);
      hn::StoreU(hn::Sub(hn::Max(e2, open2), extend2), d, x2 + i);
      hn::StoreU(hn::Sub(hn::Max(f2, open2), extend2), d, y2 + i);
      if constexpr (traced != TracedGaps::none) {
        const V bits = hn::Or(way(z, score, a, b, a2, b2), openings(e, f, e2, f2, open, open2));
        store_trace(bits, trace + chunk * lanes);
      }
    }
  }

  static HWY_INLINE V bits_of(int bits) { return hn::Set(d, static_cast<T>(bits)); }

  // Of equal ways, that which is chosen last here is taken.
  static HWY_INLINE V way(V z, V score, V a, V b, V a2, V b2) {
    const auto diagonal = bits_of(trace_diagonal), deletion = bits_of(trace_deletion), insertion = hn::Zero(d);
    const auto deletion2 = bits_of(trace_deletion | trace_second_gap), insertion2 = bits_of(trace_second_gap);
    V way;
    if constexpr (traced == TracedGaps::leftmost) {
      way = hn::IfThenElse(hn::Eq(a2, z), deletion2, insertion2);
      way = hn::IfThenElse(hn::Eq(b, z), insertion, way);
      way = hn::IfThenElse(hn::Eq(a, z), deletion, way);
      way = hn::IfThenElse(hn::Eq(score, z), diagonal, way);
    } else {
      way = hn::IfThenElse(hn::Eq(a, z), deletion, diagonal);
      way = hn::IfThenElse(hn::Eq(b, z), insertion, way);
      way = hn::IfThenElse(hn::Eq(a2, z), deletion2, way);
      way = hn::IfThenElse(hn::Eq(b2, z), insertion2, way);
    }
    return way;
  }

  static HWY_INLINE V openings(V e, V f, V e2, V f2, V open, V open2) {
    const V first = hn::Or(opening(e, open, trace_opens_deletion), opening(f, open, trace_opens_insertion));
    const V second =
        hn::Or(opening(e2, open2, trace_opens_second_deletion), opening(f2, open2, trace_opens_second_insertion));
    return hn::Or(first, second);
  }

  static HWY_INLINE V opening(V gap, V open, int bit) {
    if constexpr (traced == TracedGaps::leftmost) {
      return hn::IfThenZeroElse(hn::Gt(gap, open), bits_of(bit));
    } else {
      return hn::IfThenElseZero(hn::Lt(gap, open), bits_of(bit));
    }
  }

  static HWY_INLINE void store_trace(V bits, std::uint8_t* trace) {
    if constexpr (sizeof(T) == 1) {
      hn::StoreU(hn::BitCast(d8, bits), d8, trace);
    } else {
      hn::StoreU(hn::DemoteTo(d8, bits), d8, trace);
    }
  }

  // Gives the cells next to the range what the next antidiagonal reads from them: the matrix's first row or column, or
  // gaps that nothing takes.
  HWY_INLINE void set_neighbours(std::int64_t diagonal, DiagonalRange range) {
    const std::int64_t above = range.first_row - 1, below = range.last_row + 1;
    const auto unreachable = static_cast<T>(job_.unreachable);
    v_[above] = u_[below] = 0;
    y_[above] = y2_[above] = x_[below] = x2_[below] = unreachable;
    if (above == 0 && diagonal <= job_.column_limit && job_.band.contains(0, diagonal)) {
      v_[0] = edge_difference(diagonal);
      y_[0] = opened_;
      y2_[0] = opened2_;
    }
    if (below == diagonal && diagonal <= job_.row_limit && job_.band.contains(diagonal, 0)) {
      u_[below] = edge_difference(diagonal);
      x_[below] = opened_;
      x2_[below] = opened2_;
    }
  }

  HWY_INLINE T edge_difference(std::int64_t letters) const {
    return static_cast<T>(job_.boundary.gap(letters) - job_.boundary.gap(letters - 1));
  }

  // Along the lowest cells of the band, then along the last row.
  HWY_INLINE void follow_corner(std::int64_t diagonal, CornerScore& corner) const {
    if (diagonal <= corner.from) return;
    std::int64_t row = std::min(job_.rows, diagonal);
    if (job_.band.width >= 0) row = std::min(row, floor_half(diagonal - job_.band.centre + job_.band.width));
    corner.score += row == corner.row ? v_[row] : u_[row];
    corner.row = row;
  }

  const TwoPieceJob& job_;
  const Scores scores_;
  const TwoPieces gaps_;
  T* u_;
  T* v_;
  T* x_;
  T* y_;
  T* x2_;
  T* y2_;
  T opened_;
  T opened2_;
};

template <typename T, class Scores>
void fill_two_piece_scored(const TwoPieceJob& job, const Scores& scores) {
  if (job.trace == nullptr) {
    TwoPieceKernel<T, TracedGaps::none, Scores>(job, scores).run();
  } else if (job.placement == GapPlacement::leftmost) {
    TwoPieceKernel<T, TracedGaps::leftmost, Scores>(job, scores).run();
  } else {
    TwoPieceKernel<T, TracedGaps::rightmost, Scores>(job, scores).run();
  }
}

template <typename T>
void fill_two_piece(const TwoPieceJob& job) {
  if (job.scores->is_match_form()) return fill_two_piece_scored<T>(job, MatchScores{*job.scores});
  fill_two_piece_scored<T>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
