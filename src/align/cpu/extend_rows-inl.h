// What lane extension does before and after it fills a row: limits, results, and which lanes go on. Included once per
// instruction set.
#if defined(ANNEAL_ALIGN_CPU_EXTEND_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_EXTEND_ROWS_INL_H_
#undef ANNEAL_ALIGN_CPU_EXTEND_ROWS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_EXTEND_ROWS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "align/cpu/extend_job.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// T is unsigned at 8 bits and signed at 16 and 32: what every instruction set has a maximum for.
template <typename T>
class ExtendRows {
 protected:
  static constexpr hn::ScalableTag<T> d{};
  using V = hn::Vec<hn::ScalableTag<T>>;
  using Mask = hn::Mask<hn::ScalableTag<T>>;
  static constexpr std::int64_t rows_per_outlook = 2;  // looking costs a tenth of a row
  static constexpr T highest = std::numeric_limits<T>::max();

  explicit ExtendRows(ExtendJob& job)
      : job_(job), lanes_(static_cast<std::int64_t>(hn::Lanes(d))), state_(static_cast<T*>(job.state)),
        cells_(state_ + static_cast<std::int64_t>(extend_fields) * lanes_),
        open_(static_cast<T>(job.options->gap_open)), extend_(static_cast<T>(job.options->gap_extend)),
        match_(static_cast<T>(std::max(job.options->matrix.highest(), 0))),
        zdrop_(static_cast<T>(std::min<std::int64_t>(job.options->zdrop, highest))) {}

  // Of the columns of one row.
  struct Columns {
    std::int64_t first, likely, edge, last;  // masks are needed from `edge` on
  };

  HWY_INLINE T* field(ExtendField which) const { return state_ + static_cast<std::int64_t>(which) * lanes_; }
  HWY_INLINE V load(ExtendField which) const { return hn::Load(d, field(which)); }
  HWY_INLINE void store(V value, ExtendField which) const { hn::Store(value, d, field(which)); }
  HWY_INLINE T* h_at(std::int64_t column) const { return cells_ + 2 * column * lanes_; }
  HWY_INLINE T* e_at(std::int64_t column) const { return h_at(column) + lanes_; }

  HWY_INLINE static V floored_sub(V a, V b) {
    if constexpr (sizeof(T) == 1) {
      return hn::SaturatedSub(a, b);
    } else {
      return hn::Sub(hn::Max(a, b), b);
    }
  }
  HWY_INLINE static bool any(Mask mask) { return !hn::AllFalse(d, mask); }

  HWY_INLINE T max_of(V values) const {
    HWY_ALIGN T lane[hn::MaxLanes(d)];
    hn::Store(values, d, lane);
    T result = 0;
    for (std::int64_t k = 0; k < lanes_; ++k) result = std::max(result, lane[k]);
    return result;
  }
  HWY_INLINE T min_of(V values) const {
    HWY_ALIGN T lane[hn::MaxLanes(d)];
    hn::Store(values, d, lane);
    T result = highest;
    for (std::int64_t k = 0; k < lanes_; ++k) result = std::min(result, lane[k]);
    return result;
  }

  // Row -1: gaps from the seed. h_at(j) is H(i-1,j-1) before row i and H(i,j-1) after it; e_at(j) E(i,j), then
  // E(i+1,j).
  void start() const {
    const V zero = hn::Zero(d);
    V seed = load(ExtendField::score);
    hn::Store(seed, d, h_at(0));
    hn::Store(zero, d, e_at(0));
    seed = floored_sub(seed, hn::Set(d, static_cast<T>(open_ + extend_)));
    store(seed, ExtendField::seed_gap);
    for (std::int64_t j = 1; j <= job_.columns; ++j) {
      hn::Store(seed, d, h_at(j));
      hn::Store(zero, d, e_at(j));
      seed = floored_sub(seed, hn::Set(d, extend_));
    }
  }

  HWY_INLINE void offer_query_end(std::int64_t i, const Columns& columns, Mask running, V end) const {
    const V lengths = load(ExtendField::columns);
    const Mask ends = hn::And(running, hn::Eq(end, lengths));
    if (!any(ends)) return;
    V at_end = hn::Zero(d);
    for (std::int64_t j = std::max(columns.first, job_.least_columns); j <= columns.last; ++j) {
      at_end = hn::IfThenElse(hn::Eq(lengths, hn::Set(d, static_cast<T>(j))), hn::Load(d, h_at(j)), at_end);
    }
    const V score = load(ExtendField::global_score);
    const Mask better = hn::AndNot(hn::Lt(at_end, score), ends);
    store(hn::IfThenElse(better, at_end, score), ExtendField::global_score);
    store(hn::IfThenElse(better, hn::Set(d, static_cast<T>(i + 1)), load(ExtendField::global_target_end)),
          ExtendField::global_target_end);
  }

  template <bool guarded>
  HWY_INLINE void finish_row(std::int64_t i, const Columns& columns, Mask running, V end, V best_until_likely,
                             V best_after, V last) {
    const V best = hn::Max(best_until_likely, best_after);
    const V score = load(ExtendField::score);
    const Mask rises = hn::And(running, hn::Gt(best, score));
    Mask stops = hn::And(running, hn::Eq(best, hn::Zero(d)));
    Mask falls = hn::FirstN(d, 0);
    if (job_.options->zdrop > 0) {
      falls = hn::AndNot(stops, hn::And(running, hn::Gt(floored_sub(score, best), hn::Set(d, zdrop_))));
    }
    const Mask wanted = hn::Or(rises, falls);
    if (any(wanted)) {
      const bool after = any(hn::And(wanted, hn::Eq(best_after, best)));
      const V column = find_columns<guarded>(best, wanted, after ? columns.last : columns.likely, end);
      if (any(falls)) stops = hn::Or(stops, drops(i, falls, column, best));
      const V number = hn::Set(d, static_cast<T>(i));
      const V one = hn::Set(d, T{1});
      store(hn::IfThenElse(rises, best, score), ExtendField::score);
      store(hn::IfThenElse(rises, hn::Add(column, one), load(ExtendField::query_end)), ExtendField::query_end);
      store(hn::IfThenElse(rises, hn::Add(number, one), load(ExtendField::target_end)), ExtendField::target_end);
      const V max_off = load(ExtendField::max_off);
      const V offset = hn::Sub(hn::Max(column, number), hn::Min(column, number));
      store(hn::IfThenElse(rises, hn::Max(max_off, offset), max_off), ExtendField::max_off);
    }
    if (i % rows_per_outlook == 0) stops = hn::Or(stops, settled(columns, running, best));
    if (any(stops)) {
      store(hn::IfThenZeroElse(stops, load(ExtendField::rows)), ExtendField::rows);
      running = hn::AndNot(stops, running);
      if (!any(running)) return;
    }
    narrow(columns, running, last);
  }

  // The last column of each wanted lane with its row's best score, all left of `stop`.
  template <bool guarded>
  HWY_INLINE V find_columns(V best, Mask wanted, std::int64_t stop, V end) {
    V found = hn::Zero(d);
    V column = hn::Set(d, static_cast<T>(stop));
    const T* at = h_at(stop);
    const auto next_hits = [&] {
      column = hn::Sub(column, hn::Set(d, T{1}));
      Mask hits = hn::And(wanted, hn::Eq(hn::Load(d, at), best));
      if constexpr (guarded) hits = hn::And(hits, hn::Lt(column, end));
      found = hn::IfThenElse(hits, column, found);
      wanted = hn::AndNot(hits, wanted);
      at -= 2 * lanes_;
      return hits;
    };
    std::int64_t top = stop;
    while (!any(next_hits())) --top;
    job_.likely = top + 1;
    while (any(wanted)) next_hits();
    return found;
  }

  // Which of the lanes in `falls` fell too far below their best.
  Mask drops(std::int64_t i, Mask falls, V columns, V best) const {
    HWY_ALIGN T fallen[hn::MaxLanes(d)];
    HWY_ALIGN T column[hn::MaxLanes(d)];
    HWY_ALIGN T row_best[hn::MaxLanes(d)];
    hn::Store(hn::IfThenElseZero(falls, hn::Set(d, T{1})), d, fallen);
    hn::Store(columns, d, column);
    hn::Store(best, d, row_best);
    const T* score = field(ExtendField::score);
    const T* query_end = field(ExtendField::query_end);
    const T* target_end = field(ExtendField::target_end);
    for (std::int64_t lane = 0; lane < lanes_; ++lane) {
      if (fallen[lane] == 0) continue;
      const std::int64_t rows = i + 1 - std::int64_t{target_end[lane]};
      const std::int64_t shift = std::abs(rows - (column[lane] + 1 - std::int64_t{query_end[lane]}));
      const std::int64_t lost = std::int64_t{score[lane]} - row_best[lane] - shift * job_.options->gap_extend;
      fallen[lane] = lost > job_.options->zdrop ? 1 : 0;
    }
    return hn::Ne(hn::Load(d, fallen), hn::Zero(d));
  }

  // Lanes whose results no later row can change: had every cell a match in each column that is left, it would still
  // score less than what reached the end of the query before.
  HWY_INLINE Mask settled(const Columns& columns, Mask running, V best) const {
    const V global = load(ExtendField::global_score);
    const V lengths = load(ExtendField::columns);
    V column = hn::Set(d, static_cast<T>(columns.last));
    const Mask behind = hn::AndNot(hn::Gt(lengths, column), hn::And(running, hn::Lt(best, global)));
    if (job_.late_seeds || !any(behind)) return hn::FirstN(d, 0);
    const V match = hn::Set(d, match_);
    const V one = hn::Set(d, T{1});
    V gain = hn::Zero(d), most = hn::Zero(d);
    const T* at = h_at(columns.last);
    for (std::int64_t j = columns.last; j >= columns.first; --j, at -= 2 * lanes_) {
      gain = hn::IfThenElse(hn::Lt(column, lengths), add_gain(gain, match), gain);
      most = hn::Max(most, add_gain(hn::Load(d, at), gain));
      column = hn::Sub(column, one);
    }
    return hn::And(behind, hn::Lt(most, global));
  }

  HWY_INLINE static V add_gain(V a, V b) {
    if constexpr (sizeof(T) <= 2) {
      return hn::SaturatedAdd(a, b);
    } else {
      return hn::Min(hn::Add(a, b), hn::Set(d, T{1} << 30));  // no score is higher
    }
  }

  // Leaves out the zeros at both ends of the row. Every running lane has a cell above 0.
  HWY_INLINE void narrow(const Columns& columns, Mask running, V last) {
    const V zero = hn::Zero(d);
    const auto above_zero = [&](std::int64_t j) { return hn::Or(hn::Load(d, h_at(j)), hn::Load(d, e_at(j))); };
    for (std::int64_t j = columns.edge; j > columns.first && any(hn::And(running, hn::Eq(last, zero)));) {
      --j;
      const V here = hn::IfThenZeroElse(hn::Eq(above_zero(j), zero), hn::Set(d, static_cast<T>(j)));
      last = hn::Max(last, here);
    }
    store(hn::Min(hn::Add(last, hn::Set(d, T{2})), load(ExtendField::columns)), ExtendField::end);
    while (!any(hn::And(running, hn::Ne(above_zero(job_.first), zero)))) ++job_.first;
  }

  ExtendJob& job_;
  std::int64_t lanes_;
  T* state_;
  T* cells_;
  T open_;
  T extend_;
  T match_;
  T zdrop_;
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
