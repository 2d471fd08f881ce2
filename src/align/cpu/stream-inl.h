// The inter-sequence kernel for local alignments of many shapes: a lane goes from pair to pair, as stream_job.h says.
// Tiles of four target columns in registers, rows streamed. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_STREAM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_STREAM_INL_H_
#undef ANNEAL_ALIGN_CPU_STREAM_INL_H_
#else
#define ANNEAL_ALIGN_CPU_STREAM_INL_H_
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstring>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/held-inl.h"
#include "align/cpu/stream_scores-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The highest H of a tile's column, and the first row that has it.
template <typename T>
struct StreamColumn {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;
  Held<T> score, row;

  // Not defaulted: g++ compiles implicit constructors without the instruction set of this section.
  HWY_INLINE StreamColumn() {}  // NOLINT(modernize-use-equals-default)

  HWY_INLINE void begin(V best) {
    score = best;
    row = hn::Zero(d);
  }
  HWY_INLINE void offer(V h, V at_row) {
    const V higher = hn::Max(V(score), h);
    row = hn::IfThenElse(hn::Eq(higher, V(score)), V(row), at_row);
    score = higher;
  }
};

template <typename T>
class StreamKernel {
  static constexpr hn::ScalableTag<T> d{};
  static constexpr hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d8{};
  using V = VecOf<T>;
  static constexpr std::int64_t block_rows = stream_block_rows(8 * sizeof(T));
  static constexpr std::size_t edge = tile_columns * sizeof(T);

 public:
  explicit StreamKernel(StreamJob& job) : job_(job) {}

  void run() {
    bool overflowed = false;
    for (; tile_ < job_.tiles && !overflowed; ++tile_) {
      gather_tile();
      fill_tile();
      store_bottoms();
      overflowed = note_ends();
    }
    job_.tiles = tile_;
  }

 private:
  // Known to the compiler where the vector's size is.
  static HWY_INLINE std::size_t lanes() { return hn::Lanes(d); }
  static HWY_INLINE std::size_t bytes() { return lanes() * sizeof(T); }
  static T* vectors(void* memory) { return static_cast<T*>(memory); }

  void gather_tile() {
    for (std::size_t n = 0; n < job_.active_count; ++n) {
      const auto number = static_cast<std::size_t>(job_.active[n]);
      std::memcpy(&job_.letters[number], job_.lanes[number].target + tile_columns * tile_, tile_columns);
    }
    find_scores();
    for (std::size_t n = 0; n < job_.top_count; ++n) {
      const auto number = static_cast<std::size_t>(job_.with_top[n]);
      const std::uint8_t* top = job_.lanes[number].top + 2 * edge * static_cast<std::size_t>(tile_);
      std::memcpy(vectors(job_.top_h) + tile_columns * number, top, edge);
      std::memcpy(vectors(job_.top_f) + tile_columns * number, top + edge, edge);
    }
  }

  HWY_INLINE void find_scores() {
    if constexpr (looks_stream_pairs_up) {
      if (job_.pairs != nullptr) return number_targets<T>(*job_.pairs, job_.letters, targets_);
    }
    find_profiles();
  }

  HWY_INLINE void score_block(std::int64_t row) {
    if constexpr (looks_stream_pairs_up) {
      if (job_.pairs != nullptr) {
        return look_pairs_up(*job_.pairs, job_.numbers + static_cast<std::size_t>(row) * lanes(), targets_, job_.block);
      }
    }
    for (std::size_t k = 0; k < tile_columns; ++k) {
      gather_block<T>(job_.profiles + row, job_.places + k * lanes(), job_.block + k * 16 * bytes());
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
      for (std::size_t k = 0; k < tile_columns; ++k) {
        const auto row = hn::Min(hn::And(letters, code), padding);
        hn::Store(hn::Add(profile, hn::Mul(row, stride)), d32, job_.places + k * lanes() + first);
        letters = hn::ShiftRight<8>(letters);
      }
    }
  }

  HWY_INLINE void fill_tile() {
    const T extend_by = static_cast<T>(job_.gap_extend), bias = static_cast<T>(job_.frame.bias);
    const V open = hn::Set(d, static_cast<T>(job_.gap_open)), extend = hn::Set(d, extend_by);
    const V tile_drift = hn::Set(d, static_cast<T>(tile_columns * extend_by)), one = hn::Set(d, T{1});
    const V floor0 = hn::Set(d, bias), floor1 = hn::Add(floor0, extend), floor2 = hn::Add(floor1, extend),
            floor3 = hn::Add(floor2, extend);
    V diagonal0 = hn::Sub(hn::Load(d, vectors(job_.corner)), tile_drift), diagonal1, diagonal2, diagonal3, above3, f0,
      f1, f2, f3;
    hn::LoadInterleaved4(d, vectors(job_.top_h), diagonal1, diagonal2, diagonal3, above3);
    hn::LoadInterleaved4(d, vectors(job_.top_f), f0, f1, f2, f3);
    hn::Store(above3, d, vectors(job_.corner));
    const V best = hn::Load(d, vectors(job_.best)), most = hn::Load(d, vectors(job_.most));
    hn::Store(hn::Set(d, static_cast<T>(-1)), d, vectors(job_.most));
    StreamColumn<T> c0, c1, c2, c3;
    c0.begin(best);
    c1.begin(hn::Add(best, extend));
    c2.begin(hn::Add(best, hn::Add(extend, extend)));
    c3.begin(hn::Add(best, hn::Sub(tile_drift, extend)));
    V at_row = hn::Zero(d), h3 = above3;

    // One cell: `diagonal` is H(i-1,j-1), `e` E(i,j) and then E(i,j+1), `f` F(i,j) and then F(i+1,j).
    const auto cell = [&](const std::uint8_t* scores, V lowest, V diagonal, V& e, V& f) HWY_ATTR
        __attribute__((always_inline)) -> V {
      const V aligned = hn::Add(diagonal, widen_scores(d, d8, hn::LoadU(d8, scores)));
      const V h = hn::Max(hn::Max(hn::Max(aligned, lowest), f), e);
      const V opened = hn::Sub(h, open);
      e = hn::Max(e, opened);
      f = hn::Sub(hn::Max(f, opened), extend);
      return h;
    };
    T* h = vectors(job_.h);
    T* left_e = vectors(job_.e);
    const std::size_t column_bytes = 16 * bytes();
    for (std::int64_t row = 0; row < job_.rows; row += block_rows) {
      score_block(row);
      for (std::size_t part = 0; part < sizeof(T); ++part) {
        const std::uint8_t* scores = job_.block + part * lanes();
        for (int in_part = 0; in_part < 16; ++in_part, scores += bytes(), h += lanes(), left_e += lanes()) {
          const V left = hn::Sub(hn::Min(hn::Load(d, h), most), tile_drift);
          V e = hn::Sub(hn::Min(hn::Load(d, left_e), most), tile_drift);
          const V h0 = cell(scores, floor0, diagonal0, e, f0);
          const V h1 = cell(scores + column_bytes, floor1, diagonal1, e, f1);
          const V h2 = cell(scores + 2 * column_bytes, floor2, diagonal2, e, f2);
          h3 = cell(scores + 3 * column_bytes, floor3, diagonal3, e, f3);
          diagonal0 = left;
          diagonal1 = h0;
          diagonal2 = h1;
          diagonal3 = h2;
          hn::Store(h3, d, h);
          hn::Store(e, d, left_e);
          c0.offer(h0, at_row);
          c1.offer(h1, at_row);
          c2.offer(h2, at_row);
          c3.offer(h3, at_row);
          at_row = hn::Add(at_row, one);
        }
      }
    }
    if (job_.bottom_count > 0) {
      hn::StoreInterleaved4(diagonal1, diagonal2, diagonal3, h3, d, vectors(job_.bottom_h));
      hn::StoreInterleaved4(f0, f1, f2, f3, d, vectors(job_.bottom_f));
    }
    choose_column(best, c0, c1, c2, c3);
  }

  // Of equal scores the first column's counts.
  HWY_INLINE void choose_column(V best, const StreamColumn<T>& c0, const StreamColumn<T>& c1, const StreamColumn<T>& c2,
                                const StreamColumn<T>& c3) {
    V score = c0.score, row = c0.row, column = hn::Zero(d);
    const auto compare = [&](const StreamColumn<T>& other, int k) HWY_ATTR {
      const V higher = hn::Max(score, hn::Sub(V(other.score), hn::Set(d, static_cast<T>(k * job_.gap_extend))));
      const auto same = hn::Eq(higher, score);
      row = hn::IfThenElse(same, row, V(other.row));
      column = hn::IfThenElse(same, column, hn::Set(d, static_cast<T>(k)));
      score = higher;
    };
    compare(c1, 1);
    compare(c2, 2);
    compare(c3, 3);
    hn::Store(score, d, vectors(job_.best));
    hn::Store(row, d, row_);
    hn::Store(column, d, column_);
    hn::StoreMaskBits(d, hn::Ne(score, best), improved_);
  }

  // Stores where the lanes that improved did. Returns whether a lane overflowed.
  bool note_ends() {
    bool overflowed = false;
    for (std::size_t first = 0; first < lanes(); first += 8) {
      for (unsigned left = improved_[first / 8]; left != 0; left &= left - 1) {
        const std::size_t number = first + static_cast<std::size_t>(std::countr_zero(left));
        if (number >= lanes()) break;
        StreamLane& lane = job_.lanes[number];
        lane.end_row = row_[number];
        lane.end_column = lane.column + static_cast<std::int32_t>(tile_columns * tile_) + column_[number];
        overflowed |= vectors(job_.best)[number] - job_.frame.bias > job_.frame.highest;
      }
    }
    return overflowed;
  }

  void store_bottoms() {
    for (std::size_t n = 0; n < job_.bottom_count; ++n) {
      const auto number = static_cast<std::size_t>(job_.with_bottom[n]);
      std::uint8_t* bottom = job_.lanes[number].bottom + 2 * edge * static_cast<std::size_t>(tile_);
      std::memcpy(bottom, vectors(job_.bottom_h) + tile_columns * number, edge);
      std::memcpy(bottom + edge, vectors(job_.bottom_f) + tile_columns * number, edge);
    }
  }

  StreamJob& job_;
  std::int64_t tile_ = 0;
  HWY_ALIGN T row_[HWY_MAX_BYTES / sizeof(T)];
  HWY_ALIGN T column_[HWY_MAX_BYTES / sizeof(T)];
  HWY_ALIGN std::uint8_t targets_[tile_columns * HWY_MAX_BYTES];
  std::uint8_t improved_[HWY_MAX_BYTES / sizeof(T) / 8 + 8] = {};
};

/// Fills job.tiles tiles; fewer where a lane overflows, and says how many.
template <typename T>
void fill_stream(StreamJob& job) {
  StreamKernel<T>(job).run();
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
