// The best cells of a tile of a stream. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_STREAM_BEST_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_STREAM_BEST_INL_H_
#undef ANNEAL_ALIGN_CPU_STREAM_BEST_INL_H_
#else
#define ANNEAL_ALIGN_CPU_STREAM_BEST_INL_H_
#endif

#include <hwy/highway.h>

#include "align/cpu/held-inl.h"
#include "align/cpu/lane_job.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The highest H of each of a tile's columns, as it is stored there, and the first row that has it. Better cells are
/// rare, so the fill asks after each block of rows whether any cell may be one, and only then are they looked for.
template <typename T>
class StreamBest {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;
  static constexpr std::size_t vector = HWY_MAX_BYTES / sizeof(T);

 public:
  static constexpr std::size_t block_rows = 16;

  HWY_INLINE StreamBest() {}  // NOLINT(modernize-use-equals-default): as in Held

  /// What the tile's cells have to exceed.
  HWY_INLINE void begin(V best, V extend) {
    for (std::size_t k = 0; k < stream_columns; ++k) {
      hn::Store(best, d, score_ + k * vector);
      best = hn::Add(best, extend);
    }
    improved_ = false;
  }

  /// Where the fill puts H of a block's rows, for each column but the last.
  HWY_INLINE T* block(std::size_t column) { return block_ + column * block_rows * vector; }

  /// Looks for better cells in a block that the fill is through with; `last`: its H in the last column.
  HWY_NOINLINE void search(std::int64_t number, const T* last) {
    for (std::size_t k = 0; k < stream_columns; ++k) search_column(k, number, k + 1 < stream_columns ? block(k) : last);
    improved_ = true;
  }

  /// Whether better cells were looked for.
  bool improved() const { return improved_; }

  /// Of equal scores the first column's counts. Where a lane has no better cell, its row and column mean nothing.
  HWY_INLINE V choose(V extend) {
    V score = highest(0), drift = extend, column = hn::Zero(d);
    for (std::size_t k = 1; k < stream_columns; ++k) {
      const V higher = hn::Max(score, hn::Sub(highest(k), drift));
      column = hn::IfThenElse(hn::Eq(higher, score), column, hn::Set(d, static_cast<T>(k)));
      score = higher;
      drift = hn::Add(drift, extend);
    }
    hn::Store(column, d, column_);
    return score;
  }
  std::int32_t column(std::size_t lane) const { return column_[lane]; }
  std::int32_t row(std::size_t lane) const {
    const std::size_t at = column_[lane] * vector + lane;
    return static_cast<std::int32_t>(number_[at] * block_rows) + row_[at];
  }

 private:
  static HWY_INLINE std::size_t lanes() { return hn::Lanes(d); }

  HWY_INLINE V highest(std::size_t column) const { return hn::Load(d, score_ + column * vector); }

  HWY_INLINE void search_column(std::size_t column, std::int64_t number, const T* h) {
    const V before = highest(column);
    V now = before;
    for (std::size_t r = 0; r < block_rows; ++r) now = hn::Max(now, hn::Load(d, h + r * lanes()));
    const auto same = hn::Eq(now, before);
    if (hn::AllTrue(d, same)) return;
    V row = hn::Zero(d), place = hn::Set(d, static_cast<T>(block_rows - 1));
    for (std::size_t r = block_rows; r-- > 0; place = hn::Sub(place, hn::Set(d, T{1}))) {
      row = hn::IfThenElse(hn::Eq(hn::Load(d, h + r * lanes()), now), place, row);
    }
    T *rows = row_ + column * vector, *numbers = number_ + column * vector;
    hn::Store(hn::IfThenElse(same, hn::Load(d, rows), row), d, rows);
    hn::Store(hn::IfThenElse(same, hn::Load(d, numbers), hn::Set(d, static_cast<T>(number))), d, numbers);
    hn::Store(now, d, score_ + column * vector);
  }

  HWY_ALIGN T score_[stream_columns * vector];
  HWY_ALIGN T number_[stream_columns * vector];  // of the block
  HWY_ALIGN T row_[stream_columns * vector];     // in it
  HWY_ALIGN T column_[vector];
  HWY_ALIGN T block_[(stream_columns - 1) * block_rows * vector];
  bool improved_ = false;
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
