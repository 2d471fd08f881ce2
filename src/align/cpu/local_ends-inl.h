// What the kernel for local alignments keeps to know where they end. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_ENDS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_ENDS_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_ENDS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_ENDS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <type_traits>

#include "align/cpu/held-inl.h"
#include "align/cpu/lane_job.h"
#include "align/cpu/local_drift-inl.h"
#include "align/cpu/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Calls come in this order: for each tile begin_tile, for each block of rows of the frame begin_rows, one of offer..,
/// offer_before.. and offer_seldom.., end_rows; then end_tile; at the very end finish. The vectors offered drift with
/// rows and columns; what is kept here drifts with the columns of a tile only.
template <typename T, Track track, std::int64_t tile_columns>
class LocalEnds {
 public:
  explicit LocalEnds(const LaneJob&) {}
  HWY_INLINE void begin_tile(std::int64_t) {}
  HWY_INLINE void begin_rows(std::int64_t) {}
  HWY_INLINE bool improves_seldom() const { return false; }
  template <class... Vs>
  HWY_INLINE void offer(Vs...) {}
  template <class... Vs>
  HWY_INLINE void offer_before(Vs...) {}
  HWY_INLINE VecOf<T> low() const { return hn::Zero(hn::ScalableTag<T>()); }
  template <class... Vs>
  HWY_INLINE void offer_seldom(std::int64_t, VecOf<T>&, Vs...) {}
  HWY_INLINE void end_rows() {}
  HWY_INLINE void end_tile(std::int64_t) {}
  void finish() {}
};

template <typename T, std::int64_t tile_columns>
class LocalEnds<T, Track::best_score, tile_columns> {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;

 public:
  explicit LocalEnds(const LaneJob& job) : job_(job), drift_(job) { best_ = stored_zero<T>(job); }
  HWY_INLINE void begin_tile(std::int64_t) {}
  HWY_INLINE void begin_rows(std::int64_t i) { drift_.begin_rows(i); }
  template <class... Vs>
  HWY_INLINE void offer(Vs... h) {
    best_ = hn::Max(V(best_), drift_.without_row(drift_.highest(h...)));
    drift_.next_row();
  }
  HWY_INLINE bool improves_seldom() const { return false; }
  HWY_INLINE V low() const { return best_; }
  template <class... Vs>
  HWY_INLINE void offer_seldom(std::int64_t, V&, Vs... h) {
    offer(h...);
  }
  template <class... Vs>
  HWY_INLINE void offer_before(Vs... h) {
    offer(h...);
  }
  HWY_INLINE void end_rows() {}
  HWY_INLINE void end_tile(std::int64_t) {}
  void finish() { store_local_scores<T>(job_, best_, job_.score); }

 private:
  const LaneJob& job_;
  Drift<T> drift_;
  Held<T> best_;
};

/// Keeps the first column, and in it the first row, of the best score. Positions have as many bits as a lane, so rows
/// are numbered, from 0, within blocks of 2^bits, and columns within blocks of as many.
template <typename T, std::int64_t tile_columns>
class LocalEnds<T, Track::best_cell, tile_columns> {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;
  static constexpr std::int64_t block = sizeof(T) == 4 ? std::int64_t{1} << 31 : std::int64_t{1} << (8 * sizeof(T));
  static_assert(block % LocalFrame::most_block_rows == 0);
  static constexpr std::int64_t seldom = 16;  // an improvement costs as much as so many rows save
  static constexpr std::int64_t tiles_before_another_try = 4;

  // The best of one column of the tile.
  struct Column {
    Held<T> score, score_before_rows, row, row_block;

    // Not defaulted: g++ compiles implicit constructors without the instruction set of this section.
    HWY_INLINE Column() {}  // NOLINT(modernize-use-equals-default)

    HWY_INLINE void begin_tile(V best) {
      score = best;
      row = row_block = hn::Zero(d);
    }
    // Only equality can be tested for at no extra cost on every processor.
    HWY_INLINE void offer(V h, V at_row) {
      const V higher = hn::Max(V(score), h);
      row = hn::IfThenElse(hn::Eq(higher, V(score)), V(row), at_row);
      score = higher;
    }
    HWY_INLINE void end_rows(V at_block) {
      row_block = hn::IfThenElse(hn::Eq(V(score), V(score_before_rows)), V(row_block), at_block);
    }
  };

 public:
  explicit LocalEnds(const LaneJob& job) : job_(job), drift_(job) {
    best_ = before_ = stored_zero<T>(job);
    row_ = row_block_ = column_ = column_block_ = at_row_ = hn::Zero(d);
  }

  HWY_INLINE void begin_tile(std::int64_t) {
    reached_ = best_;
    if (improvements_ * seldom > job_.rows) {
      offers_all_ = tiles_before_another_try;
    } else if (offers_all_ > 0) {
      --offers_all_;
    }
    improvements_ = 0;
    for (int k = 0; k < tile_columns; ++k) columns_[k].begin_tile(hn::Add(V(best_), drift_.of_column(k)));
  }

  HWY_INLINE void begin_rows(std::int64_t i) {
    at_row_ = numbers((i - 1) % block);
    drift_.begin_rows(i);
    block_number_ = (i - 1) / block;
    if (block_number_ == 0) return;
    for (Column& column : columns_) column.score_before_rows = column.score;
  }

  template <class... Vs>
  HWY_INLINE void offer(Vs... h) {
    Column* column = columns_;
    ((column++)->offer(drift_.without_row(h), at_row_), ...);
    next_row();
  }

  /// For rows that seldom have what is to be kept: one test for all of their cells. `low` is what does not matter in
  /// row `i`, and then in the next one.
  template <class... Vs>
  HWY_INLINE void offer_seldom(std::int64_t i, V& low, Vs... h) {
    if (HWY_UNLIKELY(is_above(drift_.highest(h...), low))) low = improve(i, h...);
    low = hn::Add(low, drift_.of_column(1));
  }
  /// What does not matter in the first of the rows.
  HWY_INLINE V low() const { return drift_.with_row(reached_); }

  /// Whether offer_seldom takes less time in this tile than offer, going by the tiles before.
  HWY_INLINE bool improves_seldom() const { return offers_all_ == 0; }

  // Too high by the columns' drift at most.
  template <class... Vs>
  HWY_INLINE void offer_before(Vs... h) {
    before_ = hn::Max(V(before_), drift_.without_row(highest_of(h...)));
    next_row();
  }

  HWY_INLINE void end_rows() {
    if (block_number_ == 0) return;
    for (Column& column : columns_) column.end_rows(numbers(block_number_));
  }

  HWY_INLINE void end_tile(std::int64_t j) {
    for (int k = 0; k < tile_columns; ++k) {
      const Column& column = columns_[k];
      const V higher = hn::Max(V(best_), hn::Sub(V(column.score), drift_.of_column(k)));
      const auto same = hn::Eq(higher, V(best_));
      row_ = hn::IfThenElse(same, V(row_), V(column.row));
      row_block_ = hn::IfThenElse(same, V(row_block_), V(column.row_block));
      column_ = hn::IfThenElse(same, V(column_), numbers((j + k - 1) % block));
      column_block_ = hn::IfThenElse(same, V(column_block_), numbers((j + k - 1) / block));
      best_ = higher;
    }
  }

  void finish() {
    store_local_scores<T>(job_, best_, job_.score);
    store_local_scores<T>(job_, before_, job_.score_before);
    for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
      if (job_.score_before[lane] == LaneJob::overflowed) job_.score[lane] = LaneJob::overflowed;
    }
    store_positions(row_, row_block_, job_.query_end);
    store_positions(column_, column_block_, job_.target_end);
  }

 private:
  static HWY_INLINE V numbers(std::int64_t number) { return hn::Set(d, static_cast<T>(number)); }

  static HWY_INLINE bool is_above(V value, V low) {
#if HWY_ARCH_X86 && HWY_TARGET > HWY_AVX3
    return !hn::AllTrue(d, hn::Eq(hn::Max(value, low), low));  // There is no comparison of unsigned lanes.
#else
    return !hn::AllFalse(d, hn::Gt(value, low));
#endif
  }

  // Keeps what matters in row `i`; returns what does not from then on.
  template <class... Vs>
  HWY_INLINE V improve(std::int64_t i, Vs... h) {
    ++improvements_;
    drift_.begin_rows(i);
    at_row_ = numbers((i - 1) % block);
    offer(h...);
    drift_.begin_rows(i);
    V highest = columns_[0].score;
    for (int k = 1; k < tile_columns; ++k) {
      highest = hn::Max(highest, hn::Sub(V(columns_[k].score), drift_.of_column(k)));
    }
    // In a tile that has improved on those before, the same score in an earlier column counts.
    reached_ = hn::IfThenElse(hn::Eq(highest, V(best_)), highest, hn::Sub(highest, hn::Set(d, T{1})));
    return low();
  }

  HWY_INLINE void next_row() {
    at_row_ = hn::Add(V(at_row_), hn::Set(d, T{1}));
    drift_.next_row();
  }

  static void store_positions(V within, V blocks, std::int32_t* positions) {
    HWY_ALIGN T low[HWY_MAX_BYTES / sizeof(T)];
    HWY_ALIGN T high[HWY_MAX_BYTES / sizeof(T)];
    hn::Store(within, d, low);
    hn::Store(blocks, d, high);
    for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
      positions[lane] = static_cast<std::int32_t>(high[lane] * block + low[lane] + 1);
    }
  }

  const LaneJob& job_;
  Drift<T> drift_;
  Held<T> best_, before_, row_, row_block_, column_, column_block_, at_row_;
  Held<T> reached_;  // what is not above that does not matter
  Column columns_[tile_columns];
  std::int64_t block_number_ = 0;
  std::int64_t improvements_ = 0;  // of this tile
  std::int64_t offers_all_ = 4;    // tiles that do, with this one
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
