// Where the kernel for streams finds the scores of a row of a tile. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_STREAM_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_STREAM_ROWS_INL_H_
#undef ANNEAL_ALIGN_CPU_STREAM_ROWS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_STREAM_ROWS_INL_H_
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <cstring>

#include "align/cpu/stream_job.h"
#include "align/cpu/stream_scores-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Scores where each lane has rows of its own: a block of rows at a time is looked up.
template <typename T>
class LaneScores {
  static constexpr hn::ScalableTag<T> d{};
  static constexpr std::int64_t block_rows = stream_block_rows(8 * sizeof(T));

 public:
  explicit LaneScores(const StreamJob& job) : job_(job) {}

  HWY_INLINE void begin_tile(std::int64_t tile) {
    take_letters(tile);
    if constexpr (looks_stream_pairs_up) {
      if (job_.kind == StreamKind::pairs) return number_targets<T>(*job_.pairs, job_.letters, targets_);
    }
    find_profiles();
  }

  /// 16 rows.
  struct Rows {
    const std::uint8_t* scores;

    /// The first column's scores of the n-th. Those of the others follow.
    HWY_INLINE const std::uint8_t* operator[](std::size_t n) const { return scores + n * bytes(); }
  };
  HWY_INLINE Rows rows_from(std::int64_t row) {
    const std::int64_t in_block = row % block_rows;
    if (in_block == 0) score_block(row);
    return {job_.block + static_cast<std::size_t>(in_block / 16) * lanes()};
  }
  static HWY_INLINE std::size_t column_bytes() { return 16 * bytes(); }

 private:
  static HWY_INLINE std::size_t lanes() { return hn::Lanes(d); }
  static HWY_INLINE std::size_t bytes() { return lanes() * sizeof(T); }

  HWY_INLINE void take_letters(std::int64_t tile) {
    for (std::size_t n = 0; n < job_.active_count; ++n) {
      const auto number = static_cast<std::size_t>(job_.active[n]);
      std::memcpy(&job_.letters[number], job_.lanes[number].target + stream_columns * tile, stream_columns);
    }
  }

  HWY_INLINE void score_block(std::int64_t row) {
    if constexpr (looks_stream_pairs_up) {
      if (job_.kind == StreamKind::pairs) {
        return look_pairs_up(*job_.pairs, job_.numbers + static_cast<std::size_t>(row) * lanes(), targets_, job_.block);
      }
    }
    for (std::size_t k = 0; k < stream_columns; ++k) {
      const std::uint8_t* profiles = job_.profiles + row;
      const std::uint32_t* places = job_.places + k * lanes();
      gather_block([&](std::size_t n) HWY_ATTR { return profiles + places[n % lanes()] + n / lanes() * 16; },
                   job_.block + k * column_bytes());
    }
  }

  // Where the scores for the tile's letters are.
  HWY_INLINE void find_profiles() {
    const hn::ScalableTag<std::uint32_t> d32;
    const auto padding = hn::Set(d32, static_cast<std::uint32_t>(job_.padding_letter));
    const auto stride = hn::Set(d32, static_cast<std::uint32_t>(job_.profile_stride));
    const auto code = hn::Set(d32, std::uint32_t{0xFF});
    for (std::size_t first = 0; first < lanes(); first += hn::Lanes(d32)) {
      auto letters = hn::Load(d32, job_.letters + first);
      const auto profile = hn::Load(d32, job_.profile_of_lane + first);
      for (std::size_t k = 0; k < stream_columns; ++k) {
        const auto row = hn::Min(hn::And(letters, code), padding);
        hn::Store(hn::Add(profile, hn::Mul(row, stride)), d32, job_.places + k * lanes() + first);
        letters = hn::ShiftRight<8>(letters);
      }
    }
  }

  const StreamJob& job_;
  HWY_ALIGN std::uint8_t targets_[stream_columns * HWY_MAX_BYTES];
};

/// Scores where all lanes have the same rows: the tile's letters are looked up once for each kind of row.
template <typename T>
class QueryScores {
  static constexpr hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d8{};

 public:
  explicit QueryScores(const StreamJob& job) : job_(job) {}

  HWY_INLINE void begin_tile(std::int64_t tile) {
    const auto first = static_cast<std::size_t>(tile * stream_columns % query_letters);
    if (first == 0) take_letters(tile);
    for (std::size_t k = 0; k < stream_columns; ++k) {
      hn::StoreU(hn::LoadU(d8, letters_ + (first + k) * vector_bytes()), d8, codes_ + k * column_bytes());
    }
    build_profile({.matrix = job_.row_scores,
                   .letters = job_.row_kinds,
                   .query = codes_,
                   .rows = static_cast<std::int64_t>(row_bytes()),
                   .stride = static_cast<std::int64_t>(row_bytes()),
                   .profile = job_.column_scores});
  }

  struct Rows {
    const std::uint8_t* scores;
    const std::uint8_t* kinds;

    HWY_INLINE const std::uint8_t* operator[](std::size_t n) const { return scores + kinds[n] * row_bytes(); }
  };
  HWY_INLINE Rows rows_from(std::int64_t row) const { return {job_.column_scores, job_.kind_of_row + row}; }
  static HWY_INLINE std::size_t column_bytes() { return hn::Lanes(d8); }

 private:
  static HWY_INLINE std::size_t vector_bytes() { return column_bytes() * sizeof(T); }
  static HWY_INLINE std::size_t row_bytes() { return stream_columns * column_bytes(); }

  // The next ones of every lane.
  HWY_INLINE void take_letters(std::int64_t tile) {
    constexpr std::int64_t ahead = 128;
    const std::int64_t column = stream_columns * tile;
    gather_block([&](std::size_t n) HWY_ATTR { return job_.lanes[n % column_bytes()].target + column; }, letters_);
    // Processors do not foresee what so many lanes will read.
    for (std::size_t n = 0; n < column_bytes(); ++n) hwy::Prefetch(job_.lanes[n].target + column + ahead);
  }

  const StreamJob& job_;
  HWY_ALIGN std::uint8_t letters_[query_letters * HWY_MAX_BYTES];  // a vector of bytes for each
  HWY_ALIGN std::uint8_t codes_[stream_columns * HWY_MAX_BYTES];
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
