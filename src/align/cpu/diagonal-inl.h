// The intra-sequence kernel: cells of one antidiagonal do not depend on each other, so they fill a vector. Each array
// is updated in place, from its last rows to its first. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_DIAGONAL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_DIAGONAL_INL_H_
#undef ANNEAL_ALIGN_CPU_DIAGONAL_INL_H_
#else
#define ANNEAL_ALIGN_CPU_DIAGONAL_INL_H_
#endif

#include <hwy/highway.h>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/diagonal_job.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/stored_score.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename T, Track track, bool traced, class Scores, bool excludes_ends = false>
class DiagonalKernel {
  static constexpr hn::ScalableTag<T> d{};
  static constexpr hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d8{};
  using V = hn::Vec<hn::ScalableTag<T>>;

 public:
  DiagonalKernel(const DiagonalJob& job, const Scores& scores)
      : job_(job), scores_(scores), lanes_(static_cast<std::int64_t>(hn::Lanes(d))),
        mask_bytes_(mask_bytes(hn::Lanes(d))), e_(static_cast<T*>(job.e)), f_(static_cast<T*>(job.f)),
        best_(static_cast<T*>(job.best)), best_diagonal_(static_cast<T*>(job.best_diagonal)),
        open_extend_(static_cast<T>(job.boundary.gap_open + job.boundary.gap_extend)) {}

  void run() {
    for (std::int64_t diagonal = job_.first + 1; diagonal <= job_.last; ++diagonal) {
      T* h = static_cast<T*>(job_.h[diagonal % 2]);
      const DiagonalRange range = diagonal_range(diagonal, job_.row_limit, job_.column_limit, job_.band);
      if (range.count() > 0) fill_diagonal(diagonal, range, h);
      set_neighbours(diagonal, range, h);
      if constexpr (track == Track::last_cells) keep_last_cells(diagonal, range, h);
    }
  }

 private:
  HWY_INLINE void fill_diagonal(std::int64_t diagonal, DiagonalRange range, T* h) {
    const V open_extend = hn::Set(d, open_extend_);
    const V extend = hn::Set(d, static_cast<T>(job_.boundary.gap_extend));
    const V floor = hn::Set(d, job_.boundary.local ? stored_zero<T>(true) : minus_infinity<T>);
    [[maybe_unused]] V best = hn::Undefined(d);
    if constexpr (track == Track::best_score) best = hn::Load(d, best_);
    [[maybe_unused]] const V number = hn::Set(d, static_cast<T>(diagonal));
    const std::uint8_t* target = job_.target_reversed + job_.columns - diagonal;

    for (std::int64_t chunk = (range.count() - 1) / lanes_; chunk >= 0; --chunk) {
      const std::int64_t i = range.first_row + chunk * lanes_;
      const auto q = hn::LoadU(d8, job_.query + i - 1);
      const auto t = scores_.prepare_target(d8, hn::LoadU(d8, target + i));
      const V aligned = add_scores(d, hn::LoadU(d, h + i - 1), widen_scores(d, d8, scores_.lookup(d8, q, t)));
      const V e = hn::LoadU(d, e_ + i);
      const V f = hn::LoadU(d, f_ + i - 1);
      const V gap = hn::Max(e, f);
      const V reached = hn::Max(aligned, gap);
      const V value = saturates<T> ? reached : hn::Max(reached, floor);
      const V opened = subtract_penalty(d, value, open_extend);
      const V next_e = hn::Max(subtract_penalty(d, e, extend), opened);
      const V next_f = hn::Max(subtract_penalty(d, f, extend), opened);
      if constexpr (traced) {
        std::uint8_t* trace = job_.trace + static_cast<std::size_t>(diagonal - job_.first - 1) * job_.trace_stride +
                              static_cast<std::size_t>(chunk) * trace_masks * mask_bytes_;
        hn::StoreMaskBits(d, hn::Eq(aligned, reached), trace);
        hn::StoreMaskBits(d, hn::Eq(e, gap), trace + mask_bytes_);
        hn::StoreMaskBits(d, hn::Eq(opened, next_e), trace + 2 * mask_bytes_);
        hn::StoreMaskBits(d, hn::Eq(opened, next_f), trace + 3 * mask_bytes_);
      }
      hn::StoreU(value, d, h + i);
      hn::StoreU(next_e, d, e_ + i);
      hn::StoreU(next_f, d, f_ + i);
      if constexpr (track == Track::best_score || track == Track::best_cell) {
        const auto active = rows_that_count(diagonal, range, i);
        if constexpr (track == Track::best_score) {
          best = hn::IfThenElse(active, hn::Max(best, value), best);
        } else {
          const V before = hn::LoadU(d, best_ + i);
          const auto better = hn::And(active, hn::Gt(value, before));
          hn::StoreU(hn::IfThenElse(better, value, before), d, best_ + i);
          hn::StoreU(hn::IfThenElse(better, number, hn::LoadU(d, best_diagonal_ + i)), d, best_diagonal_ + i);
        }
      }
    }
    if constexpr (track == Track::best_score) hn::Store(best, d, best_);
  }

  // Of the vector from row `i` on.
  HWY_INLINE hn::Mask<hn::ScalableTag<T>> rows_that_count(std::int64_t diagonal, DiagonalRange range, std::int64_t i) {
    const auto inside = hn::FirstN(d, static_cast<std::size_t>(std::min(lanes_, range.last_row - i + 1)));
    if constexpr (!excludes_ends) return inside;
    // Columns fall as rows rise.
    const auto rows_before = [&](std::int64_t row) {
      return hn::FirstN(d, static_cast<std::size_t>(std::clamp<std::int64_t>(row - i, 0, lanes_)));
    };
    const auto right = rows_before(diagonal - job_.excluded_ends.last);
    const auto not_left = rows_before(diagonal - job_.excluded_ends.first + 1);
    return hn::And(inside, hn::Or(right, hn::Not(not_left)));
  }

  // Gives the cells next to the range what the next antidiagonals read from them: the matrix's first row or column,
  // or minus infinity.
  HWY_INLINE void set_neighbours(std::int64_t diagonal, DiagonalRange range, T* h) {
    const std::int64_t above = range.first_row - 1, below = range.last_row + 1;
    h[above] = f_[above] = minus_infinity<T>;
    h[below] = e_[below] = minus_infinity<T>;
    if (above == 0 && diagonal <= job_.column_limit && job_.band.contains(0, diagonal)) {
      h[0] = stored<T>(job_.boundary.first_row(diagonal), job_.boundary.local);
      f_[0] = opened(h[0]);
    }
    if (below == diagonal && diagonal <= job_.row_limit && job_.band.contains(diagonal, 0)) {
      h[below] = stored<T>(job_.boundary.first_column(diagonal), job_.boundary.local);
      e_[below] = opened(h[below]);
    }
  }

  T opened(T h) const {
    return static_cast<T>(std::max<std::int64_t>(std::int64_t{h} - open_extend_, minus_infinity<T>));
  }

  HWY_INLINE void keep_last_cells(std::int64_t diagonal, DiagonalRange range, const T* h) {
    if (range.count() == 0) return;
    if (range.last_row == job_.rows) static_cast<T*>(job_.last_row)[diagonal - job_.rows] = h[job_.rows];
    const std::int64_t i = diagonal - job_.columns;
    if (i >= 1 && i == range.first_row) static_cast<T*>(job_.last_column)[i] = h[i];
  }

  const DiagonalJob& job_;
  const Scores& scores_;
  std::int64_t lanes_;
  std::size_t mask_bytes_;
  T* e_;
  T* f_;
  T* best_;
  T* best_diagonal_;
  T open_extend_;
};

template <typename T, class Scores>
void fill_diagonals_tracked(const DiagonalJob& job, const Scores& scores) {
  if (job.trace != nullptr) return DiagonalKernel<T, Track::nothing, true, Scores>(job, scores).run();
  switch (job.track) {
    case Track::nothing:
      return DiagonalKernel<T, Track::nothing, false, Scores>(job, scores).run();
    case Track::best_score:
      return DiagonalKernel<T, Track::best_score, false, Scores>(job, scores).run();
    case Track::best_cell:
      if (job.excluded_ends.first <= job.excluded_ends.last) {
        return DiagonalKernel<T, Track::best_cell, false, Scores, true>(job, scores).run();
      }
      return DiagonalKernel<T, Track::best_cell, false, Scores>(job, scores).run();
    case Track::last_cells:
      return DiagonalKernel<T, Track::last_cells, false, Scores>(job, scores).run();
  }
}

template <typename T>
void fill_diagonals(const DiagonalJob& job) {
  if (job.scores->is_match_form()) return fill_diagonals_tracked<T>(job, MatchScores{*job.scores});
  fill_diagonals_tracked<T>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
