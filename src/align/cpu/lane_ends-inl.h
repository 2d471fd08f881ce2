// What the inter-sequence kernel keeps of the cells where alignments may end. Included once per instruction set.
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

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Calls come in this order: for each tile begin_tile, for each block of rows begin_rows, offer.., end_rows; then
/// end_tile; at the very end Finish. begin_rows(first, last) returns the last row of the block that starts at `first`.
template <typename T, Track track>
class EndTracker {
 public:
  EndTracker(const LaneJob&, T*) {}
  HWY_INLINE void begin_tile(std::int64_t) {}
  HWY_INLINE std::int64_t begin_rows(std::int64_t, std::int64_t last) { return last; }
  HWY_INLINE void offer(std::int64_t, VecOf<T>, VecOf<T>, VecOf<T>, VecOf<T>) {}
  HWY_INLINE void end_rows() {}
  HWY_INLINE void end_tile(std::int64_t) {}
  void finish() {}
};

/// Writes local scores, and `overflowed` where the highest value of the type was reached.
template <typename T>
void store_local_scores(const LaneJob& job, VecOf<T> best) {
  const hn::ScalableTag<T> d;
  HWY_ALIGN T values[HWY_MAX_BYTES / sizeof(T)];
  hn::Store(best, d, values);
  for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
    const bool overflow = values[lane] == std::numeric_limits<T>::max();
    job.score[lane] = overflow ? LaneJob::overflowed : std::int32_t{values[lane]} - stored_zero<T>(true);
  }
}

template <typename T>
class EndTracker<T, Track::best_score> {
  static constexpr hn::ScalableTag<T> d{};

 public:
  EndTracker(const LaneJob& job, T*) : job_(job), best_(hn::Set(d, stored_zero<T>(true))) {}
  HWY_INLINE void begin_tile(std::int64_t) {}
  HWY_INLINE std::int64_t begin_rows(std::int64_t, std::int64_t last) { return last; }
  HWY_INLINE void offer(std::int64_t, VecOf<T> h0, VecOf<T> h1, VecOf<T> h2, VecOf<T> h3) {
    best_ = hn::Max(best_, hn::Max(hn::Max(h0, h1), hn::Max(h2, h3)));
  }
  HWY_INLINE void end_rows() {}
  HWY_INLINE void end_tile(std::int64_t) {}
  void finish() { store_local_scores<T>(job_, best_); }

 private:
  const LaneJob& job_;
  Held<T> best_;
};

/// Keeps the first column, and in it the first row, of the best score. Positions have as many bits as a lane, so rows
/// are numbered within blocks of 2^bits, and columns within blocks of as many.
template <typename T>
class EndTracker<T, Track::best_cell> {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;
  using Position = std::make_unsigned_t<T>;
  static constexpr std::int64_t block = sizeof(T) == 4 ? std::int64_t{1} << 31 : std::int64_t{1} << (8 * sizeof(T));

  // The best of one column of the tile.
  struct Column {
    Held<T> score, score_before_block, row, row_block;

    // Not defaulted: g++ compiles implicit constructors without the instruction set of this section.
    HWY_INLINE Column() {}  // NOLINT(modernize-use-equals-default)

    HWY_INLINE void begin_tile(V best) {
      score = best;
      row = row_block = hn::Zero(d);
    }
    HWY_INLINE void offer(V h, V at_row) {
      row = hn::IfThenElse(hn::Gt(h, V(score)), at_row, row);
      score = hn::Max(score, h);
    }
    HWY_INLINE void end_rows(V at_block) {
      row_block = hn::IfThenElse(hn::Gt(V(score), V(score_before_block)), at_block, row_block);
    }
  };

 public:
  EndTracker(const LaneJob& job, T*) : job_(job), best_(hn::Set(d, stored_zero<T>(true))) {
    row_ = row_block_ = column_ = column_block_ = at_row_ = hn::Zero(d);
  }

  HWY_INLINE void begin_tile(std::int64_t) {
    columns_[0].begin_tile(best_);
    columns_[1].begin_tile(best_);
    columns_[2].begin_tile(best_);
    columns_[3].begin_tile(best_);
  }

  HWY_INLINE std::int64_t begin_rows(std::int64_t first, std::int64_t last) {
    for (Column& column : columns_) column.score_before_block = column.score;
    block_number_ = first / block;
    at_row_ = numbers(first % block);
    return std::min(last, (block_number_ + 1) * block - 1);
  }

  HWY_INLINE void offer(std::int64_t, V h0, V h1, V h2, V h3) {
    columns_[0].offer(h0, at_row_);
    columns_[1].offer(h1, at_row_);
    columns_[2].offer(h2, at_row_);
    columns_[3].offer(h3, at_row_);
    at_row_ = hn::Add(at_row_, hn::Set(d, T{1}));
  }

  HWY_INLINE void end_rows() {
    for (Column& column : columns_) column.end_rows(numbers(block_number_));
  }

  HWY_INLINE void end_tile(std::int64_t j) {
    for (const Column& column : columns_) {
      const auto better = hn::Gt(V(column.score), V(best_));
      row_ = hn::IfThenElse(better, column.row, row_);
      row_block_ = hn::IfThenElse(better, column.row_block, row_block_);
      column_ = hn::IfThenElse(better, numbers(j % block), column_);
      column_block_ = hn::IfThenElse(better, numbers(j / block), column_block_);
      best_ = hn::Max(best_, column.score);
      ++j;
    }
  }

  void finish() {
    store_local_scores<T>(job_, best_);
    store_positions(row_, row_block_, job_.query_end);
    store_positions(column_, column_block_, job_.target_end);
  }

 private:
  static HWY_INLINE V numbers(std::int64_t number) { return hn::Set(d, static_cast<T>(static_cast<Position>(number))); }

  static void store_positions(V within, V blocks, std::int32_t* positions) {
    HWY_ALIGN T low[HWY_MAX_BYTES / sizeof(T)];
    HWY_ALIGN T high[HWY_MAX_BYTES / sizeof(T)];
    hn::Store(within, d, low);
    hn::Store(blocks, d, high);
    for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
      positions[lane] =
          static_cast<std::int32_t>(static_cast<Position>(high[lane]) * block + static_cast<Position>(low[lane]));
    }
  }

  const LaneJob& job_;
  Held<T> best_, row_, row_block_, column_, column_block_, at_row_;
  Column columns_[tile_columns];
  std::int64_t block_number_ = 0;
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
        last_column_(last_row_ + (job.columns + tile_columns + 1) * lanes_),
        ends_row_(last_column_ + (job.rows + 1) * lanes_) {
    shortest_query_ = *std::min_element(job.query_lengths, job.query_lengths + lanes_);
    shortest_target_ = *std::min_element(job.target_lengths, job.target_lengths + lanes_);
    std::fill_n(ends_row_, (job.rows - shortest_query_ + 1) * lanes_, T{0});
    for (std::int64_t lane = 0; lane < lanes_; ++lane) {
      ends_row_[(job.query_lengths[lane] - shortest_query_) * lanes_ + lane] = T{-1};
    }
    const V unreachable = hn::Set(d, minus_infinity<T>);
    for (std::int64_t j = 0; j <= job.columns + tile_columns; ++j) hn::Store(unreachable, d, last_row_ + j * lanes_);
    for (std::int64_t i = 0; i <= job.rows; ++i) hn::Store(unreachable, d, last_column_ + i * lanes_);
  }

  HWY_INLINE void begin_tile(std::int64_t j) {
    for (Held<T>& h : tile_last_row_) h = hn::Set(d, minus_infinity<T>);
    tile_has_last_column_ = j + tile_columns > shortest_target_;
    if (!tile_has_last_column_) return;
    HWY_ALIGN T ends[HWY_MAX_BYTES / sizeof(T)];
    for (std::int64_t k = 0; k < tile_columns; ++k) {
      for (std::int64_t lane = 0; lane < lanes_; ++lane) ends[lane] = job_.target_lengths[lane] == j + k ? T{-1} : T{0};
      ends_column_[k] = hn::Load(d, ends);
    }
  }

  HWY_INLINE std::int64_t begin_rows(std::int64_t, std::int64_t last) { return last; }

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

  HWY_INLINE void end_rows() {}

  HWY_INLINE void end_tile(std::int64_t j) {
    for (std::int64_t k = 0; k < tile_columns; ++k) hn::Store(tile_last_row_[k], d, last_row_ + (j + k) * lanes_);
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
  Held<T> tile_last_row_[tile_columns];
  Held<T> ends_column_[tile_columns];
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
