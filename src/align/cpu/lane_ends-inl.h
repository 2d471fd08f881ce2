// What the kernel for all but local alignments keeps of the cells where they may end. Included once per instruction
// set.
#if defined(ANNEAL_ALIGN_CPU_LANE_ENDS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LANE_ENDS_INL_H_
#undef ANNEAL_ALIGN_CPU_LANE_ENDS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LANE_ENDS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <type_traits>

#include "align/best_end.h"
#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/held-inl.h"
#include "align/cpu/lane_job.h"
#include "align/cpu/tile_shapes.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Calls come in this order: for each tile begin_tile, offer.. row by row, end_tile; at the very end finish.
template <typename T, Track track>
class EndTracker {
 public:
  EndTracker(const LaneJob&, T*) {}
  HWY_INLINE void begin_tile(std::int64_t) {}
  HWY_INLINE void offer(std::int64_t, VecOf<T>, VecOf<T>, VecOf<T>, VecOf<T>) {}
  HWY_INLINE void end_tile(std::int64_t) {}
  void finish() {}
};

/// Keeps H on each lane's own last row and last column; the best of them is chosen at the end, lane by lane.
template <typename T>
class EndTracker<T, Track::last_cells> {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;

 public:
  /// `memory` holds the vectors of the last row (by column) and column (by row), and which rows are whose last.
  EndTracker(const LaneJob& job, T* memory)
      : job_(job), lanes_(static_cast<std::int64_t>(hn::Lanes(d))), last_row_(memory),
        last_column_(last_row_ + (job.columns + other_tile_columns + 1) * lanes_),
        ends_row_(last_column_ + (job.rows + 1) * lanes_) {
    shortest_query_ = *std::min_element(job.query_lengths, job.query_lengths + lanes_);
    shortest_target_ = *std::min_element(job.target_lengths, job.target_lengths + lanes_);
    std::fill_n(ends_row_, (job.rows - shortest_query_ + 1) * lanes_, T{0});
    for (std::int64_t lane = 0; lane < lanes_; ++lane) {
      ends_row_[(job.query_lengths[lane] - shortest_query_) * lanes_ + lane] = T{-1};
    }
    const V unreachable = hn::Set(d, minus_infinity<T>);
    for (std::int64_t j = 0; j <= job.columns + other_tile_columns; ++j)
      hn::Store(unreachable, d, last_row_ + j * lanes_);
    for (std::int64_t i = 0; i <= job.rows; ++i) hn::Store(unreachable, d, last_column_ + i * lanes_);
  }

  HWY_INLINE void begin_tile(std::int64_t j) {
    for (Held<T>& h : tile_last_row_) h = hn::Set(d, minus_infinity<T>);
    tile_has_last_column_ = j + other_tile_columns > shortest_target_;
    if (!tile_has_last_column_) return;
    HWY_ALIGN T ends[HWY_MAX_BYTES / sizeof(T)];
    for (std::int64_t k = 0; k < other_tile_columns; ++k) {
      for (std::int64_t lane = 0; lane < lanes_; ++lane) ends[lane] = job_.target_lengths[lane] == j + k ? T{-1} : T{0};
      ends_column_[k] = hn::Load(d, ends);
    }
  }

  HWY_INLINE void offer(std::int64_t i, V h0, V h1, V h2, V h3) {
    if (i >= shortest_query_) {
      const auto ends = hn::MaskFromVec(hn::Load(d, ends_row_ + (i - shortest_query_) * lanes_));
      tile_last_row_[0] = hn::IfThenElse(ends, h0, tile_last_row_[0]);
      tile_last_row_[1] = hn::IfThenElse(ends, h1, tile_last_row_[1]);
      tile_last_row_[2] = hn::IfThenElse(ends, h2, tile_last_row_[2]);
      tile_last_row_[3] = hn::IfThenElse(ends, h3, tile_last_row_[3]);
    }
    if (tile_has_last_column_) {
      V last = hn::Load(d, last_column_ + i * lanes_);
      last = hn::IfVecThenElse(V(ends_column_[0]), h0, last);
      last = hn::IfVecThenElse(V(ends_column_[1]), h1, last);
      last = hn::IfVecThenElse(V(ends_column_[2]), h2, last);
      last = hn::IfVecThenElse(V(ends_column_[3]), h3, last);
      hn::Store(last, d, last_column_ + i * lanes_);
    }
  }

  HWY_INLINE void end_tile(std::int64_t j) {
    for (std::int64_t k = 0; k < other_tile_columns; ++k) hn::Store(tile_last_row_[k], d, last_row_ + (j + k) * lanes_);
  }

  void finish() {
    for (std::int64_t lane = 0; lane < lanes_; ++lane) {
      const BestEnd best = best_of_last_cells(
          job_.query_lengths[lane], job_.target_lengths[lane], job_.query_end_free, job_.target_end_free,
          [&](std::int64_t j) { return std::int32_t{last_row_[j * lanes_ + lane]}; },
          [&](std::int64_t i) { return std::int32_t{last_column_[i * lanes_ + lane]}; });
      job_.score[lane] = best.score;
      job_.query_end[lane] = static_cast<std::int32_t>(best.i);
      job_.target_end[lane] = static_cast<std::int32_t>(best.j);
    }
  }

 private:
  const LaneJob& job_;
  std::int64_t lanes_;
  T* last_row_;
  T* last_column_;
  T* ends_row_;
  std::int64_t shortest_query_;
  std::int64_t shortest_target_;
  bool tile_has_last_column_ = false;
  Held<T> tile_last_row_[other_tile_columns];
  Held<T> ends_column_[other_tile_columns];
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
