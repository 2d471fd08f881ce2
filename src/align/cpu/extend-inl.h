// Extension in lanes, by the rules of align/scalar/extend.cpp. Lanes share a row's columns: a lane's cells left of its
// limits are 0 and stay 0 when they are computed, so only columns from the lowest end on need masks. Included once per
// instruction set.
#if defined(ANNEAL_ALIGN_CPU_EXTEND_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_EXTEND_INL_H_
#undef ANNEAL_ALIGN_CPU_EXTEND_INL_H_
#else
#define ANNEAL_ALIGN_CPU_EXTEND_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <type_traits>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/extend_job.h"
#include "align/cpu/extend_rows-inl.h"
#include "align/cpu/scores-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename T, class Scores>
class ExtendKernel : ExtendRows<T> {
  using Rows = ExtendRows<T>;
  using Rows::any, Rows::d, Rows::extend_, Rows::floored_sub, Rows::h_at, Rows::job_, Rows::lanes_, Rows::load,
      Rows::open_;
  using typename Rows::Columns;
  using typename Rows::Mask;
  using typename Rows::V;
  static constexpr hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d8{};
  using V8 = hn::Vec<hn::Rebind<std::uint8_t, hn::ScalableTag<T>>>;

 public:
  ExtendKernel(ExtendJob& job, const Scores& scores)
      : Rows(job), scores_(scores),
        score_shift_(static_cast<T>(sizeof(T) == 1 ? std::max(-job.options->matrix.lowest(), 0) : 0)) {
    if constexpr (has_score_row) {
      const auto shifted = [&](std::int8_t score) { return static_cast<std::uint8_t>(score + score_shift_); };
      std::transform(scores.table.by_xor(), scores.table.by_xor() + 16, score_row_, shifted);
    }
  }

  void run() {
    if (job_.row == 0) this->start();
    while (job_.row < job_.stop_row && row(job_.row)) ++job_.row;
  }

 private:
  // False when no lane runs.
  HWY_INLINE bool row(std::int64_t i) {
    const V number = hn::Set(d, static_cast<T>(i));
    const Mask running = hn::Gt(load(ExtendField::rows), number);
    if (!any(running)) return false;
    const V band_end = load(ExtendField::band_end);
    const V end = hn::Min(load(ExtendField::end), band_end);
    this->store(hn::Min(hn::Add(band_end, hn::Set(d, T{1})), load(ExtendField::columns)), ExtendField::band_end);
    job_.first = std::max(job_.first, i - job_.widest_band);
    const std::int64_t lowest_end = this->min_of(hn::IfThenElse(running, end, hn::Set(d, Rows::highest)));
    // The two columns before are for the next row's end, which is mostly two beyond the last cell above 0.
    Columns columns{.first = job_.first, .likely = 0, .edge = lowest_end - 2, .last = 0};
    columns.last = this->max_of(hn::IfThenElseZero(running, end));
    columns.edge = std::clamp(columns.edge, columns.first, std::max(columns.first, columns.last));
    const V seed_gap = load(ExtendField::seed_gap);
    this->store(floored_sub(seed_gap, hn::Set(d, extend_)), ExtendField::seed_gap);
    V left = hn::Zero(d);
    if (job_.first == 0) {
      left = hn::IfThenElseZero(hn::Not(hn::Gt(number, load(ExtendField::band))), seed_gap);
    }
    if (job_.late_seeds || i - job_.least_band > job_.first) {
      columns.edge = columns.likely = columns.first;
      fill<true>(i, columns, running, end, left);
    } else {
      columns.likely = std::clamp(job_.likely, columns.first, columns.edge);
      fill<false>(i, columns, running, end, left);
    }
    return true;
  }

  // At 8 bits, MatchScores' 16 scores are shifted and held in a register: through a pointer, each store to the cells
  // might have changed them.
  static constexpr bool has_score_row = sizeof(T) == 1 && std::is_same_v<Scores, MatchScores>;

  HWY_INLINE V8 score_row() const {
    if constexpr (has_score_row) return hn::LoadDup128(d8, score_row_);
    return hn::Zero(d8);
  }

  // H of a cell reached along the diagonal, unless the corner is 0.
  HWY_INLINE V aligned_score(V corner, V8 query, V8 target, V8 row, V score_shift) const {
    V aligned = hn::Zero(d);
    if constexpr (has_score_row) {
      const V score = hn::TableLookupBytes(row, hn::Xor(query, target));
      aligned = hn::SaturatedSub(hn::Add(corner, score), score_shift);
    } else {
      const V score = widen_scores(d, d8, scores_.lookup(d8, query, target));
      if constexpr (sizeof(T) == 1) {
        aligned = hn::SaturatedSub(hn::Add(corner, hn::Add(score, score_shift)), score_shift);
      } else {
        aligned = hn::Max(hn::Add(corner, score), aligned);
      }
    }
    return aligned;
  }

  template <bool guarded>
  HWY_INLINE void fill(std::int64_t i, const Columns columns, const Mask running, const V end, V left) {
    const auto t = scores_.prepare_target(d8, hn::LoadU(d8, job_.target + i * lanes_));
    const V open = hn::Set(d, open_), extend = hn::Set(d, extend_);
    const V open_extend = hn::Set(d, static_cast<T>(open_ + extend_));
    const V score_shift = hn::Set(d, score_shift_);
    const V zero = hn::Zero(d), one = hn::Set(d, T{1});
    V f = hn::Zero(d), best = hn::Zero(d);
    const V8 row = score_row();
    const std::int64_t lanes = lanes_;
    T* at = h_at(columns.first);
    const std::uint8_t* query = job_.query + columns.first * lanes;
    std::int64_t j = columns.first;
    const auto fill_until = [&](std::int64_t stop) {
      for (; j < stop; ++j, at += 2 * lanes, query += lanes) {
        const V corner = hn::Load(d, at), e = hn::Load(d, at + lanes);
        hn::Store(left, d, at);
        const V aligned =
            hn::IfThenElseZero(hn::Ne(corner, zero), aligned_score(corner, hn::LoadU(d8, query), t, row, score_shift));
        left = hn::Max(hn::Max(aligned, e), f);
        best = hn::Max(best, left);
        const V opened = hn::Sub(hn::Max(aligned, open_extend), open);
        hn::Store(hn::Sub(hn::Max(e, opened), extend), d, at + lanes);
        f = hn::Sub(hn::Max(f, opened), extend);
      }
    };
    fill_until(columns.likely);
    const V best_until_likely = best;
    best = hn::Zero(d);
    fill_until(columns.edge);

    V column = hn::Set(d, static_cast<T>(columns.edge));
    V last = hn::Zero(d);
    const V band_begin = floored_sub(hn::Set(d, static_cast<T>(i)), load(ExtendField::band));
    for (; j <= columns.last; ++j, at += 2 * lanes, query += lanes) {
      Mask active = hn::Lt(column, end);
      if constexpr (guarded) active = hn::AndNot(hn::Lt(column, band_begin), active);
      const V corner = hn::Load(d, at);
      V e = hn::Load(d, at + lanes);
      if constexpr (guarded) e = hn::IfThenElseZero(active, e);
      hn::Store(guarded ? hn::IfThenElse(hn::Gt(column, end), corner, left) : left, d, at);
      const V aligned = hn::IfThenElseZero(hn::And(active, hn::Ne(corner, zero)),
                                           aligned_score(corner, hn::LoadU(d8, query), t, row, score_shift));
      f = hn::IfThenElseZero(active, f);
      const V opened = hn::Sub(hn::Max(aligned, open_extend), open);
      const V next_e = hn::Sub(hn::Max(e, opened), extend);
      hn::Store(next_e, d, at + lanes);
      last = hn::IfThenElse(hn::Eq(hn::Or(left, next_e), zero), last, column);
      left = hn::Max(hn::Max(aligned, e), f);
      best = hn::Max(best, left);
      f = hn::Sub(hn::Max(f, opened), extend);
      column = hn::Add(column, one);
    }
    job_.cells += static_cast<std::uint64_t>(std::max<std::int64_t>(0, columns.last - columns.first + 1));
    this->offer_query_end(i, columns, running, end);
    this->template finish_row<guarded>(i, columns, running, end, best_until_likely, best, last);
  }

  const Scores scores_;
  T score_shift_;
  HWY_ALIGN std::uint8_t score_row_[16] = {};
};

template <typename T>
void extend_of(ExtendJob& job) {
  if (job.scores->is_match_form()) return ExtendKernel<T, MatchScores>(job, MatchScores{*job.scores}).run();
  ExtendKernel<T, MatrixScores>(job, MatrixScores{*job.scores}).run();
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
