// Local scores without the drift of their frame. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_DRIFT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_DRIFT_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_DRIFT_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_DRIFT_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <utility>

#include "align/cpu/held-inl.h"
#include "align/cpu/lane_job.h"
#include "align/cpu/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

inline std::int64_t last_lowered_by(const LaneJob& job) {
  return job.frame.lowered_by(std::max<std::int64_t>(job.rows, 1));
}

/// What 0 is stored as without the drift of rows, or the least that can be stored.
template <typename T>
VecOf<T> stored_zero(const LaneJob& job) {
  const std::int64_t zero = job.frame.bias - last_lowered_by(job);
  return hn::Set(hn::ScalableTag<T>(), static_cast<T>(std::max<std::int64_t>(zero, 0)));
}

/// Drift of a value from row to row, and from column to column of a tile. Without that of the rows, all is as low as in
/// the last block.
template <typename T>
class Drift {
  static constexpr hn::ScalableTag<T> d{};

 public:
  explicit Drift(const LaneJob& job)
      : frame_(job.frame), last_(last_lowered_by(job)), extend_(static_cast<T>(job.boundary.gap_extend)) {
    of_row_ = hn::Zero(d);
  }
  HWY_INLINE void begin_rows(std::int64_t i) {
    const std::int64_t drift = ((i - 1) & (frame_.block_rows - 1)) * extend_ + last_ - frame_.lowered_by(i);
    of_row_ = hn::Set(d, static_cast<T>(std::min<std::int64_t>(drift, hwy::LimitsMax<T>())));
  }
  HWY_INLINE void next_row() {
    if constexpr (sizeof(T) < 4) {
      of_row_ = hn::SaturatedAdd(VecOf<T>(of_row_), hn::Set(d, extend_));
    } else {
      of_row_ = hn::Add(VecOf<T>(of_row_), hn::Set(d, extend_));
    }
  }
  /// At least 0: cells that do not matter may be that far below a score of 0.
  HWY_INLINE VecOf<T> without_row(VecOf<T> value) const {
    if constexpr (sizeof(T) < 4) {
      return hn::SaturatedSub(value, VecOf<T>(of_row_));
    } else {
      return hn::Sub(hn::Max(value, VecOf<T>(of_row_)), VecOf<T>(of_row_));
    }
  }
  HWY_INLINE VecOf<T> with_row(VecOf<T> value) const {
    if constexpr (sizeof(T) < 4) {
      return hn::SaturatedAdd(value, VecOf<T>(of_row_));
    } else {
      return hn::Add(value, VecOf<T>(of_row_));
    }
  }
  /// The highest of a row, which drifts as the tile's first column.
  template <class... Vs>
  HWY_INLINE VecOf<T> highest(VecOf<T> first, Vs... others) const {
    return highest_of_columns(std::make_integer_sequence<int, sizeof...(Vs)>(), first, others...);
  }
  HWY_INLINE VecOf<T> of_column(int k) const { return hn::Set(d, static_cast<T>(k * extend_)); }

 private:
  template <int... before, class... Vs>
  HWY_INLINE VecOf<T> highest_of_columns(std::integer_sequence<int, before...>, VecOf<T> first, Vs... others) const {
    return highest_of(first, hn::Sub(others, of_column(before + 1))...);
  }

  const LocalFrame& frame_;
  std::int64_t last_;
  T extend_;
  Held<T> of_row_;
};

/// Writes local scores, and `overflowed` where the width may not have sufficed.
template <typename T>
void store_local_scores(const LaneJob& job, VecOf<T> best, std::int32_t* scores) {
  const hn::ScalableTag<T> d;
  HWY_ALIGN T values[HWY_MAX_BYTES / sizeof(T)];
  hn::Store(best, d, values);
  for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
    const std::int64_t score = std::int64_t{values[lane]} - job.frame.bias + last_lowered_by(job);
    const std::int64_t at_least = std::max<std::int64_t>(score, 0);
    scores[lane] = at_least > job.frame.highest ? LaneJob::overflowed : static_cast<std::int32_t>(at_least);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
