// Alignments whose gaps have two pieces, in differences: see two_piece_job.h. Vectors lie where they lay before, so
// that they are read as they were written; what comes from the row above is shifted between registers. Included once
// per instruction set.
#if defined(ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_
#undef ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_
#else
#define ANNEAL_ALIGN_CPU_TWO_PIECE_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <limits>
#include <type_traits>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/ksw2_progress.h"
#include "align/cpu/rotate-inl.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/two_piece_cells-inl.h"
#include "align/cpu/two_piece_narrow-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D, class V>
HWY_INLINE hn::VFromD<D> widened(D d, V v) {
  if constexpr (sizeof(hn::TFromV<V>) == sizeof(hn::TFromD<D>)) {
    return v;
  } else {
    return hn::PromoteTo(d, v);
  }
}

template <class D>
HWY_INLINE hn::Mask<D> only_lane(D d, std::int64_t lane) {
#if HWY_TARGET <= HWY_AVX3
  if constexpr (hn::MaxLanes(d) == 64) return hn::Mask<D>{__mmask64{1} << lane};
#endif
  const auto before = static_cast<std::size_t>(lane);
  return hn::AndNot(hn::FirstN(d, before), hn::FirstN(d, before + 1));
}

/// H: of an extension's scores, or void.
template <typename T, typename H, TracedGaps traced, class Scores>
class TwoPieceKernel {
  static constexpr bool extends = !std::is_void_v<H>;
  using Score = std::conditional_t<extends, H, std::int32_t>;
  static constexpr hn::ScalableTag<T> d{};
  static constexpr hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d8{};
  static constexpr hn::ScalableTag<Score> dh{};
  using V = hn::Vec<hn::ScalableTag<T>>;
  using VH = hn::Vec<hn::ScalableTag<Score>>;

 public:
  TwoPieceKernel(const TwoPieceJob& job, const Scores& scores)
      : job_(job), scores_(scores), gaps_(job.boundary), lanes_(static_cast<std::int64_t>(hn::Lanes(d))),
        u_(static_cast<T*>(job.u)), v_(static_cast<T*>(job.v)), unreachable_(static_cast<T>(job.unreachable)),
        opened_(static_cast<T>(-gaps_.first.open - gaps_.first.extend)),
        opened2_(static_cast<T>(-gaps_.second.open - gaps_.second.extend)) {}

  void run() {
    DiagonalRange before = range_of(job_.first);
    for (std::int64_t diagonal = job_.first + 1; diagonal <= job_.last; ++diagonal) {
      const DiagonalRange range = range_of(diagonal);
      std::int32_t highest = 0;
      if (range.count() > 0) highest = fill_diagonal(diagonal, range, before);
      if (job_.corner != nullptr) follow_corner(diagonal, *job_.corner);
      if constexpr (extends) {
        if (!job_.progress->template take<H>(diagonal, range, highest)) return;
      }
      before = range;
    }
  }

 private:
  DiagonalRange range_of(std::int64_t diagonal) const {
    return diagonal_range(diagonal, job_.row_limit, job_.column_limit, job_.band);
  }

  // Of a cell that is not on the antidiagonal before: on the matrix's first row or column, or not at all.
  struct Edge {
    T step;
    T gap;
    T gap2;
  };
  HWY_INLINE Edge edge(bool in_matrix) const {
    if (in_matrix) return {edge_step_, opened_, opened2_};
    return {0, unreachable_, unreachable_};
  }

  static HWY_INLINE void put(hn::Mask<hn::ScalableTag<T>> where, const Edge& edge, V& step, V& gap, V& gap2) {
    step = hn::IfThenElse(where, hn::Set(d, edge.step), step);
    gap = hn::IfThenElse(where, hn::Set(d, edge.gap), gap);
    gap2 = hn::IfThenElse(where, hn::Set(d, edge.gap2), gap2);
  }

  // Returns the highest score of an extension.
  HWY_INLINE std::int32_t fill_diagonal(std::int64_t diagonal, DiagonalRange range, DiagonalRange before) {
    // What is stored may be anything for all the compiler knows: so nothing is read from `this` inside the loop.
    T *const u = u_, *const v = v_, *const x = static_cast<T*>(job_.x), *const y = static_cast<T*>(job_.y),
             *const x2 = static_cast<T*>(job_.x2), *const y2 = static_cast<T*>(job_.y2);
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    const TwoPieces gaps = gaps_;
    const std::uint8_t *query = job_.query, *target = job_.target_reversed + job_.columns - diagonal;
    const Scores scores = scores_;

    const bool has_new_last = range.last_row > before.last_row, has_old_first = range.first_row == before.first_row;
    Edge left{}, above{};
    if (has_new_last || has_old_first) {
      edge_step_ = static_cast<T>(edge_step(gaps, diagonal - 1));
      left = edge(range.last_row == diagonal - 1 && job_.band.contains(diagonal - 1, 0));
      above = edge(range.first_row == 1 && job_.band.contains(0, diagonal - 1));
    }
    [[maybe_unused]] Score left_h = 0;
    [[maybe_unused]] VH highest = hn::Set(dh, std::numeric_limits<Score>::min());
    if constexpr (extends) {
      if (has_new_last) left_h = job_.progress->template left_of_last<H>(diagonal, range);
    }

    const std::int64_t begin = traced_from(range, lanes);
    [[maybe_unused]] std::uint8_t* trace =
        job_.trace + static_cast<std::size_t>(diagonal - job_.first - 1) * job_.trace_stride;
    V v_before = hn::Load(d, v + begin - lanes), y_before = hn::Load(d, y + begin - lanes);
    V y2_before = hn::Load(d, y2 + begin - lanes);
    for (std::int64_t i = begin; i <= range.last_row; i += lanes) {
      const auto t = scores.prepare_target(d8, hn::LoadU(d8, target + i));
      const V score = widen_scores(d, d8, scores.lookup(d8, hn::LoadU(d8, query + i), t));
      V new_u = hn::Load(d, u + i), new_x = hn::Load(d, x + i), new_x2 = hn::Load(d, x2 + i);
      const V old_v = hn::Load(d, v + i), old_y = hn::Load(d, y + i), old_y2 = hn::Load(d, y2 + i);
      V new_v = shift_up(d, old_v, v_before), new_y = shift_up(d, old_y, y_before);
      V new_y2 = shift_up(d, old_y2, y2_before);
      v_before = old_v;
      y_before = old_y;
      y2_before = old_y2;
      if (i == begin && has_old_first) put(only_lane(d, range.first_row - i), above, new_v, new_y, new_y2);
      if (i + lanes > range.last_row && has_new_last) {
        put(only_lane(d, range.last_row - i), left, new_u, new_x, new_x2);
      }
      const V bits = advance_cells<traced>(d, gaps, score, new_u, new_v, new_x, new_y, new_x2, new_y2);
      hn::Store(new_u, d, u + i);
      hn::Store(new_v, d, v + i);
      hn::Store(new_x, d, x + i);
      hn::Store(new_y, d, y + i);
      hn::Store(new_x2, d, x2 + i);
      hn::Store(new_y2, d, y2 + i);
      if constexpr (traced != TracedGaps::none) store_trace(bits, trace + (i - begin));
      if constexpr (extends) highest = add_differences(i, range, has_new_last, left_h, highest);
    }
    if constexpr (extends) return highest_lane(dh, highest);
    return 0;
  }

  // H of the rows from `first` on that a vector of differences holds.
  HWY_INLINE VH add_differences(std::int64_t first, DiagonalRange range, bool has_new_last, Score left_h, VH highest) {
    constexpr hn::Rebind<T, hn::ScalableTag<Score>> narrow{};
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(dh));
    const Score* before = job_.progress->template before<Score>();
    Score* next = job_.progress->template next<Score>();
    const std::int64_t end = std::min(first + lanes_, range.last_row + 1);
    for (std::int64_t i = first; i < end; i += lanes) {
      const std::int64_t before_first = range.first_row - i, last = range.last_row - i;
      if (before_first >= lanes) continue;
      VH h = hn::Load(dh, before + i);
      if (last < lanes && has_new_last) h = hn::IfThenElse(only_lane(dh, last), hn::Set(dh, left_h), h);
      h = hn::Add(h, widened(dh, hn::LoadU(narrow, v_ + i)));
      hn::Store(h, dh, next + i);
      if (last < lanes - 1) h = hn::IfThenElse(hn::FirstN(dh, static_cast<std::size_t>(last + 1)), h, highest);
      if (before_first > 0) h = hn::IfThenElse(hn::FirstN(dh, static_cast<std::size_t>(before_first)), highest, h);
      highest = hn::Max(highest, h);
    }
    return highest;
  }

  static HWY_INLINE void store_trace(V bits, std::uint8_t* trace) {
    if constexpr (sizeof(T) == 1) {
      hn::StoreU(hn::BitCast(d8, bits), d8, trace);
    } else {
      hn::StoreU(hn::DemoteTo(d8, bits), d8, trace);
    }
  }

  // Along the lowest cells of the band, then along the last row.
  HWY_INLINE void follow_corner(std::int64_t diagonal, CornerScore& corner) const {
    if (diagonal <= corner.from) return;
    const bool in_first_column = job_.rows >= diagonal && job_.band.contains(diagonal, 0);
    std::int64_t row = std::min(job_.rows, diagonal);
    if (job_.band.width >= 0) row = std::min(row, floor_half(diagonal - job_.band.centre + job_.band.width));
    if (in_first_column || (row == 0 && job_.band.contains(0, diagonal))) {
      corner.score = job_.boundary.gap(diagonal);
    } else if (range_of(diagonal).count() > 0) {
      corner.score += row == corner.row ? v_[row] : u_[row];
    }
    corner.row = row;
  }

  const TwoPieceJob& job_;
  const Scores scores_;
  const TwoPieces gaps_;
  const std::int64_t lanes_;
  T* u_;
  T* v_;
  T unreachable_;
  T opened_;
  T opened2_;
  T edge_step_ = 0;
};

template <typename T, typename H, class Scores>
void fill_two_piece_of(const TwoPieceJob& job, const Scores& scores) {
  if (job.trace == nullptr) {
    TwoPieceKernel<T, H, TracedGaps::none, Scores>(job, scores).run();
  } else if (job.placement == GapPlacement::leftmost) {
    TwoPieceKernel<T, H, TracedGaps::leftmost, Scores>(job, scores).run();
  } else {
    TwoPieceKernel<T, H, TracedGaps::rightmost, Scores>(job, scores).run();
  }
}

template <typename T, class Scores>
void fill_two_piece_scored(const TwoPieceJob& job, const Scores& scores) {
  if (job.progress == nullptr) return fill_two_piece_of<T, void>(job, scores);
  if constexpr (sizeof(T) == 1) {
    if (filled_narrow(job)) return;
    if (job.progress->bits() == 16) return fill_two_piece_of<T, std::int16_t>(job, scores);
  }
  fill_two_piece_of<T, std::int32_t>(job, scores);
}

template <typename T>
void fill_two_piece(const TwoPieceJob& job) {
  if constexpr (sizeof(T) == 1) {
    if (job.scores->is_match_form()) return fill_two_piece_scored<T>(job, MatchScores{*job.scores});
  }
  fill_two_piece_scored<T>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
