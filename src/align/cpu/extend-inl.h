// Extension in lanes: every lane keeps its own row limits and stops on its own. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_EXTEND_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_EXTEND_INL_H_
#undef ANNEAL_ALIGN_CPU_EXTEND_INL_H_
#else
#define ANNEAL_ALIGN_CPU_EXTEND_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdlib>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/extend_job.h"
#include "align/cpu/scores-inl.h"
#include "align/extension_limits.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Row limits and bests of the lanes. The fields and the rules are those of align/scalar/extend.cpp.
template <typename T>
class ExtendLanes {
 public:
  static constexpr std::int64_t max_lanes = HWY_MAX_BYTES / sizeof(T);

  ExtendLanes(const ExtendJob& job, std::int64_t lanes, T* h, T* e) : job_(job), lanes_(lanes), h_(h), e_(e) {
    for (std::int64_t lane = 0; lane < lanes_; ++lane) {
      const std::int32_t columns = job.query_lengths[lane];
      limits_[lane] = {.begin = 0, .end = columns, .band = extension_band(columns, *job.options)};
      running_[lane] = columns > 0 && job.target_lengths[lane] > 0;
      job.score[lane] = job.h0[lane];
      job.query_end[lane] = job.target_end[lane] = 0;
      job.extension[lane] = {};
      for (std::int32_t j = 0; j <= columns; ++j) h_[j * lanes_ + lane] = static_cast<T>(seed_gap(lane, j));
    }
  }

  /// Sets the limits of row `i`; false when no lane runs any more.
  bool begin_row(std::int64_t i) {
    first_ = std::numeric_limits<std::int64_t>::max();
    last_ = -1;
    for (std::int64_t lane = 0; lane < lanes_; ++lane) {
      running_[lane] = running_[lane] && i < job_.target_lengths[lane];
      if (!running_[lane]) {
        begin[lane] = 1;
        end[lane] = -1;
        left[lane] = 0;
        continue;
      }
      Limits& limits = limits_[lane];
      limits.begin = std::max(limits.begin, i - limits.band);
      limits.end = std::min({limits.end, i + limits.band + 1, std::int64_t{job_.query_lengths[lane]}});
      begin[lane] = static_cast<T>(limits.begin);
      end[lane] = static_cast<T>(limits.end);
      left[lane] = static_cast<T>(limits.begin == 0 ? seed_gap(lane, i + 1) : 0);
      first_ = std::min(first_, limits.begin);
      last_ = std::max(last_, limits.end);
    }
    return last_ >= 0;
  }

  std::int64_t first() const { return first_; }  ///< lowest begin of the running lanes
  std::int64_t last() const { return last_; }    ///< highest end

  /// Takes the row's results: H at each lane's end (`left`), best H and its column.
  void end_row(std::int64_t i) {
    for (std::int64_t lane = 0; lane < lanes_; ++lane) {
      if (!running_[lane]) continue;
      offer_query_end(lane, i);
      if (row_best[lane] == 0 || drops(lane, i)) {
        running_[lane] = false;
      } else {
        narrow(lane);
      }
    }
  }

  HWY_ALIGN T begin[max_lanes];
  HWY_ALIGN T end[max_lanes];
  HWY_ALIGN T left[max_lanes];
  HWY_ALIGN T row_best[max_lanes];
  HWY_ALIGN T row_best_column[max_lanes];

 private:
  struct Limits {
    std::int64_t begin, end, band;
    std::int64_t best_i = -1, best_j = -1;
  };

  std::int32_t seed_gap(std::int64_t lane, std::int64_t length) const {
    if (length == 0) return job_.h0[lane];
    const std::int64_t cost = job_.options->gap_open + length * job_.options->gap_extend;
    return static_cast<std::int32_t>(std::max<std::int64_t>(job_.h0[lane] - cost, 0));
  }

  void offer_query_end(std::int64_t lane, std::int64_t i) {
    const Limits& limits = limits_[lane];
    if (std::max(limits.begin, limits.end) != job_.query_lengths[lane]) return;
    Extension& extension = job_.extension[lane];
    if (left[lane] >= extension.global_score) {
      extension.global_score = left[lane];
      extension.global_target_end = static_cast<std::int32_t>(i + 1);
    }
  }

  bool drops(std::int64_t lane, std::int64_t i) {
    Limits& limits = limits_[lane];
    const std::int64_t j = row_best_column[lane];
    if (row_best[lane] > job_.score[lane]) {
      job_.score[lane] = row_best[lane];
      limits.best_i = i;
      limits.best_j = j;
      job_.query_end[lane] = static_cast<std::int32_t>(j + 1);
      job_.target_end[lane] = static_cast<std::int32_t>(i + 1);
      std::int32_t& max_off = job_.extension[lane].max_off;
      max_off = std::max(max_off, static_cast<std::int32_t>(std::abs(j - i)));
      return false;
    }
    if (job_.options->zdrop == 0) return false;
    const std::int64_t shift = std::abs((i - limits.best_i) - (j - limits.best_j));
    return job_.score[lane] - row_best[lane] - shift * job_.options->gap_extend > job_.options->zdrop;
  }

  void narrow(std::int64_t lane) {
    Limits& limits = limits_[lane];
    const auto is_zero = [&](std::int64_t j) { return h_[j * lanes_ + lane] == 0 && e_[j * lanes_ + lane] == 0; };
    while (limits.begin < limits.end && is_zero(limits.begin)) ++limits.begin;
    std::int64_t last = limits.end;
    while (last >= limits.begin && is_zero(last)) --last;
    limits.end = std::min<std::int64_t>(last + 2, job_.query_lengths[lane]);
  }

  const ExtendJob& job_;
  std::int64_t lanes_;
  T* h_;
  T* e_;
  Limits limits_[max_lanes];
  bool running_[max_lanes];
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
};

template <typename T, class Scores>
void extend_with(const ExtendJob& job, const Scores& scores) {
  const hn::ScalableTag<T> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  using V = hn::Vec<decltype(d)>;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::int64_t columns = *std::max_element(job.query_lengths, job.query_lengths + lanes);
  // h[j] is H(i-1,j-1) before row i and H(i,j-1) after it; e[j] is E(i,j), then E(i+1,j).
  T* const h = static_cast<T*>(job.workspace);
  T* const e = h + (columns + 1) * lanes;
  std::fill_n(h, 2 * (columns + 1) * lanes, T{0});
  ExtendLanes<T> state(job, lanes, h, e);

  const V zero = hn::Zero(d);
  const V one = hn::Set(d, T{1});
  const V open_extend = hn::Set(d, static_cast<T>(job.options->gap_open + job.options->gap_extend));
  const V extend = hn::Set(d, static_cast<T>(job.options->gap_extend));
  for (std::int64_t i = 0; state.begin_row(i); ++i) {
    const auto t = scores.prepare_target(d8, hn::LoadU(d8, job.target + i * lanes));
    const V begin = hn::Load(d, state.begin), end = hn::Load(d, state.end);
    V left = hn::Load(d, state.left);
    V f = zero, best = zero, best_column = hn::Set(d, T{-1});
    V column = hn::Set(d, static_cast<T>(state.first()));
    for (std::int64_t j = state.first(); j <= state.last(); ++j) {
      const auto before_begin = hn::Lt(column, begin);
      const auto active = hn::AndNot(before_begin, hn::Lt(column, end));
      const auto kept = hn::Not(hn::Or(before_begin, hn::Gt(column, end)));
      const V corner = hn::Load(d, h + j * lanes);
      const V deletion = hn::Load(d, e + j * lanes);
      hn::Store(hn::IfThenElse(kept, left, corner), d, h + j * lanes);
      // Lanes beyond their end read letters of the padding; their results are dropped.
      const V score =
          widen_scores(d, d8, scores.lookup(d8, hn::LoadU(d8, job.query + std::min(j, columns - 1) * lanes), t));
      const V aligned = hn::IfThenElseZero(hn::Ne(corner, zero), hn::Add(corner, score));
      const V value = hn::Max(hn::Max(aligned, deletion), f);
      left = hn::IfThenElse(active, value, left);
      const auto better = hn::AndNot(hn::Lt(value, best), active);
      best = hn::IfThenElse(better, value, best);
      best_column = hn::IfThenElse(better, column, best_column);
      const V opened = hn::Max(hn::Sub(aligned, open_extend), zero);
      const V next_deletion = hn::Max(hn::Sub(deletion, extend), opened);
      hn::Store(hn::IfThenElse(active, next_deletion, hn::IfThenElse(kept, zero, deletion)), d, e + j * lanes);
      f = hn::IfThenElseZero(active, hn::Max(hn::Sub(f, extend), opened));
      column = hn::Add(column, one);
    }
    *job.cells += static_cast<std::uint64_t>(std::max<std::int64_t>(0, state.last() - state.first() + 1));
    hn::Store(left, d, state.left);
    hn::Store(best, d, state.row_best);
    hn::Store(best_column, d, state.row_best_column);
    state.end_row(i);
  }
}

template <typename T>
void extend_of(const ExtendJob& job) {
  if (job.scores->is_match_form()) return extend_with<T>(job, MatchScores{*job.scores});
  extend_with<T>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
