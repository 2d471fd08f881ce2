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
#include "align/cpu/stream_bases-inl.h"
#include "align/cpu/stream_best-inl.h"
#include "align/cpu/stream_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename T, class Scores, Track track>
class StreamKernel {
  static constexpr hn::ScalableTag<T> d{};
  static constexpr hn::Rebind<std::uint8_t, hn::ScalableTag<T>> d8{};
  using V = VecOf<T>;
  static constexpr std::size_t block_rows = StreamBest<T>::block_rows;
  static constexpr std::size_t edge = stream_columns * sizeof(T), edge_step = stream_edge_bytes(sizeof(T));

 public:
  explicit StreamKernel(StreamJob& job) : job_(job), scores_(job), bases_(job) {}

  void run() {
    for (; tile_ < job_.tiles; ++tile_) {
      gather_tile();
      bases_.begin_tile();
      fill_tile();
      store_bottoms();
      if (improved_) note_ends();
    }
  }

 private:
  // Known to the compiler where the vector's size is.
  static HWY_INLINE std::size_t lanes() { return hn::Lanes(d); }
  static T* vectors(void* memory) { return static_cast<T*>(memory); }

  void gather_tile() {
    scores_.begin_tile(tile_);
    for (std::size_t n = 0; n < job_.top_count; ++n) {
      const auto number = static_cast<std::size_t>(job_.with_top[n]);
      const std::uint8_t* top = job_.lanes[number].top + edge_step * static_cast<std::size_t>(tile_);
      std::memcpy(vectors(job_.top_h) + stream_columns * number, top, edge);
      std::memcpy(vectors(job_.top_f) + stream_columns * number, top + edge, edge);
      std::memcpy(job_.top_base + number, top + 2 * edge, sizeof(std::int32_t));
    }
  }

  HWY_INLINE void fill_tile() {
    const V open = hn::Set(d, static_cast<T>(job_.frame.gap_open));
    const V extend = hn::Set(d, static_cast<T>(job_.frame.gap_extend));
    const V floor0 = hn::Set(d, static_cast<T>(job_.frame.bias)), left_floor = hn::Sub(floor0, extend),
            floor1 = hn::Add(floor0, extend), floor2 = hn::Add(floor1, extend), floor3 = hn::Add(floor2, extend);
    const V fall = bases_.fall(), top_fall = bases_.top_fall();
    const auto lower = [&](V value, V by, V floor) HWY_ATTR
        __attribute__((always_inline)) -> V { return hn::Max(hn::SaturatedSub(value, by), floor); };
    V diagonal0 = lower(hn::Load(d, vectors(job_.corner)), fall, left_floor), diagonal1, diagonal2, diagonal3, above3,
      f0, f1, f2, f3;
    hn::LoadInterleaved4(d, vectors(job_.top_h), diagonal1, diagonal2, diagonal3, above3);
    hn::LoadInterleaved4(d, vectors(job_.top_f), f0, f1, f2, f3);
    diagonal1 = lower(diagonal1, top_fall, floor0);
    diagonal2 = lower(diagonal2, top_fall, floor1);
    diagonal3 = lower(diagonal3, top_fall, floor2);
    hn::Store(lower(above3, top_fall, floor3), d, vectors(job_.corner));
    f0 = hn::SaturatedSub(f0, top_fall);
    f1 = hn::SaturatedSub(f1, top_fall);
    f2 = hn::SaturatedSub(f2, top_fall);
    f3 = hn::SaturatedSub(f3, top_fall);
    const V best = hn::Load(d, vectors(job_.best));
    V best0 = best, best1 = best, best2 = best, best3 = best;  // of each column, for best_score
    if constexpr (track == Track::best_cell) best_.begin(best, extend);
    T *seen0 = best_.block(0), *seen1 = best_.block(1), *seen2 = best_.block(2);

    // One cell: `diagonal` is H(i-1,j-1), `e` E(i,j) and then E(i,j+1), `f` F(i,j) and then F(i+1,j), each of these two
    // with gap_open still to be taken off.
    const auto cell = [&](const std::uint8_t* scores, V lowest, V diagonal, V& e, V& f) HWY_ATTR
        __attribute__((always_inline)) -> V {
      const V aligned = hn::Add(diagonal, widen_scores(d, d8, hn::LoadU(d8, scores)));
      const V h = hn::Max(hn::Max(aligned, lowest), hn::SaturatedSub(hn::Max(e, f), open));
      e = hn::Max(e, h);
      f = hn::SaturatedSub(hn::Max(f, h), extend);
      return h;
    };
    T* h = vectors(job_.h);
    T* left_e = vectors(job_.e);
    const std::size_t column_bytes = Scores::column_bytes();
    for (std::int64_t row = 0, count = job_.rows; row < count; row += block_rows) {
      const auto rows = scores_.rows_from(row);
      V highest = best;
      for (std::size_t n = 0; n < block_rows; ++n, h += lanes(), left_e += lanes()) {
        const std::uint8_t* scores = rows[n];
        const V left = lower(hn::Load(d, h), fall, left_floor);
        V e = hn::SaturatedSub(hn::Load(d, left_e), fall);
        const V h0 = cell(scores, floor0, diagonal0, e, f0);
        const V h1 = cell(scores + column_bytes, floor1, diagonal1, e, f1);
        const V h2 = cell(scores + 2 * column_bytes, floor2, diagonal2, e, f2);
        const V h3 = cell(scores + 3 * column_bytes, floor3, diagonal3, e, f3);
        diagonal0 = left;
        diagonal1 = h0;
        diagonal2 = h1;
        diagonal3 = h2;
        hn::Store(h3, d, h);
        hn::Store(e, d, left_e);
        if constexpr (track == Track::best_score) {
          best0 = hn::Max(best0, h0);
          best1 = hn::Max(best1, h1);
          best2 = hn::Max(best2, h2);
          best3 = hn::Max(best3, h3);
        } else {
          hn::Store(h0, d, seen0 + n * lanes());
          hn::Store(h1, d, seen1 + n * lanes());
          hn::Store(h2, d, seen2 + n * lanes());
          highest = hn::Max(highest, e);  // as high as H of the row at least, and not above the best because of others
        }
      }
      // Of the later columns it may be no better.
      if (track == Track::best_cell && HWY_UNLIKELY(!hn::AllTrue(d, hn::Eq(highest, best)))) {
        best_.search(row / static_cast<std::int64_t>(block_rows), h - block_rows * lanes());
      }
    }
    if (job_.bottom_count > 0) {
      hn::StoreInterleaved4(diagonal1, diagonal2, diagonal3, hn::Load(d, h - lanes()), d, vectors(job_.bottom_h));
      hn::StoreInterleaved4(f0, f1, f2, f3, d, vectors(job_.bottom_f));
    }
    if constexpr (track == Track::best_score) {
      // All in the first column's frame.
      const V later = hn::Max(best2, hn::SaturatedSub(best3, extend));
      best0 = hn::Max(best0, hn::SaturatedSub(hn::Max(best1, hn::SaturatedSub(later, extend)), extend));
      hn::Store(best0, d, vectors(job_.best));
    } else {
      choose_best(extend);
    }
  }

  HWY_INLINE void choose_best(V extend) {
    improved_ = best_.improved();
    if (!improved_) return;
    const V before = hn::Load(d, vectors(job_.best)), now = best_.choose(extend);
    hn::Store(now, d, vectors(job_.best));
    hn::StoreMaskBits(d, hn::Ne(now, before), improved_lanes_);
  }

  // Stores where the lanes that improved did.
  void note_ends() {
    for (std::size_t first = 0; first < lanes(); first += 8) {
      for (unsigned left = improved_lanes_[first / 8]; left != 0; left &= left - 1) {
        const std::size_t number = first + static_cast<std::size_t>(std::countr_zero(left));
        if (number >= lanes()) break;
        StreamLane& lane = job_.lanes[number];
        lane.end_row = best_.row(number);
        lane.end_column = lane.column + static_cast<std::int32_t>(stream_columns * tile_) + best_.column(number);
        lane.end_value = job_.base[number] + static_cast<std::int32_t>(vectors(job_.best)[number] - job_.frame.bias);
      }
    }
  }

  void store_bottoms() {
    for (std::size_t n = 0; n < job_.bottom_count; ++n) {
      const auto number = static_cast<std::size_t>(job_.with_bottom[n]);
      std::uint8_t* bottom = job_.lanes[number].bottom + edge_step * static_cast<std::size_t>(tile_);
      std::memcpy(bottom, vectors(job_.bottom_h) + stream_columns * number, edge);
      std::memcpy(bottom + edge, vectors(job_.bottom_f) + stream_columns * number, edge);
      std::memcpy(bottom + 2 * edge, job_.base + number, sizeof(std::int32_t));
    }
  }

  StreamJob& job_;
  std::int64_t tile_ = 0;
  Scores scores_;
  StreamBases<T> bases_;
  StreamBest<T> best_;
  bool improved_ = false;
  std::uint8_t improved_lanes_[HWY_MAX_BYTES / sizeof(T) / 8 + 8] = {};
};

/// Fills job.tiles tiles.
template <typename T>
void fill_stream(StreamJob& job) {
  if (job.kind != StreamKind::one_query) {
    StreamKernel<T, LaneScores<T>, Track::best_cell>(job).run();
  } else if (job.track == Track::best_cell) {
    StreamKernel<T, QueryScores<T>, Track::best_cell>(job).run();
  } else {
    StreamKernel<T, QueryScores<T>, Track::best_score>(job).run();
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
