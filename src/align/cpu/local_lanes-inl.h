// The inter-sequence kernel for local alignments: one pair per lane, tiles of four target columns in registers, rows of
// the query streamed. Scores are unsigned and drift: see local_frame.h. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_LANES_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_LANES_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_LANES_INL_H_
#endif

#include <hwy/highway.h>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/lane_job.h"
#include "align/cpu/live_rows-inl.h"
#include "align/cpu/local_ends-inl.h"
#include "align/cpu/row_plan.h"
#include "align/cpu/scores-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Fills the matrices of one vector of pairs. Vectors are named rather than in arrays because scalable ones cannot be
/// elements.
template <typename T, Track track, bool traced, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a tile have to live in one frame
void fill_local_lanes(const LaneJob& job, const Scores& scores) {
  const hn::ScalableTag<T> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  using V = hn::Vec<decltype(d)>;
  using V8 = hn::Vec<decltype(d8)>;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::size_t masks = mask_bytes(hn::Lanes(d));
  const std::int64_t extend = job.boundary.gap_extend, block_rows = job.frame.block_rows;
  const auto row_of_block = [&](std::int64_t i) { return job.frame.row_in_block(i); };
  std::int64_t lowest_here = job.frame.lowest_when(0);
  // That in column `k` of the tile and a row of the present block; -1 is what comes before the first.
  const auto low_at = [&](std::int64_t row, std::int64_t k)
                          HWY_ATTR { return hn::Set(d, static_cast<T>(lowest_here + (row + k) * extend)); };
  const V open = hn::Set(d, static_cast<T>(job.boundary.gap_open));
  const V diagonal_drift = hn::Set(d, static_cast<T>(2 * extend));
  const V row_drift = hn::Set(d, static_cast<T>(extend));
  const V tile_drift = hn::Set(d, static_cast<T>(tile_columns * extend));
  const std::int64_t block_fall = block_rows * (extend + job.frame.row_gain);
  // Takes a value from the block before to the same row and column as the present block numbers them.
  const auto begin_block = [&](V value, std::int64_t row, std::int64_t k) HWY_ATTR {
    const V fall = hn::Set(d, static_cast<T>(block_fall));
    return hn::Sub(hn::Max(value, hn::Add(low_at(row, k), fall)), fall);
  };

  // H(i,j) and E(i,j+1) of the last column j that is done, which drift as that tile's.
  T* const column_h = static_cast<T*>(job.workspace);
  T* const column_e = column_h + (job.rows + 1) * lanes;
  hn::Store(low_at(-1, tile_columns - 1), d, column_h);
  for (std::int64_t i = 1; i <= job.rows; ++i) {
    lowest_here = job.frame.lowest_when(job.frame.lowered_by(i));
    hn::Store(low_at(row_of_block(i), tile_columns - 1), d, column_h + i * lanes);
    hn::Store(low_at(row_of_block(i), tile_columns), d, column_e + i * lanes);
  }
  LocalEnds<T, track> ends(job);
  LiveRows<T> live(job, column_h, column_e);

  for (std::int64_t tile = 0; tile < job.layout->count(); ++tile) {
    const std::int64_t j = tile * tile_columns + 1;
    const TileLayout::Tile& shape = (*job.layout)[tile];
    if (shape.first_row > shape.last_row) continue;
    const auto [first_row, last_row] = live.rows_of(shape);
    if (first_row > last_row) break;
    const RowPlan plan(job, j);
    std::uint8_t* trace =
        traced ? job.trace + shape.first_cell * static_cast<std::int64_t>(trace_masks * masks) : nullptr;

    const auto load_target = [&](std::int64_t column) HWY_ATTR {
      return scores.prepare_target(d8, hn::LoadU(d8, job.target + (column - 1) * lanes));
    };
    const V8 t0 = load_target(j), t1 = load_target(j + 1), t2 = load_target(j + 2), t3 = load_target(j + 3);
    // Above the tile is the first row of the matrix, or what no alignment that matters comes from.
    const std::int64_t first_in_block = row_of_block(first_row);
    lowest_here = job.frame.lowest_when(job.frame.lowered_by(first_row));
    V f0 = low_at(first_in_block, 0), f1 = low_at(first_in_block, 1), f2 = low_at(first_in_block, 2),
      f3 = low_at(first_in_block, 3);
    V diagonal0 = hn::Sub(hn::Load(d, column_h + (first_row - 1) * lanes), tile_drift);
    if (first_in_block == 0 && first_row > 1) diagonal0 = begin_block(diagonal0, -1, -1);
    V diagonal1 = low_at(first_in_block - 1, 0), diagonal2 = low_at(first_in_block - 1, 1),
      diagonal3 = low_at(first_in_block - 1, 2);
    V floor0 = f0, floor1 = f1, floor2 = f2, floor3 = f3;

    // One cell: `diagonal` is H(i-1,j-1), `e` E(i,j) and then E(i,j+1), `f` F(i,j) and then F(i+1,j). Returns H(i,j).
    const auto cell = [&](auto floored, bool inside, V lowest, V8 q, V8 t, V diagonal, V& e, V& f) HWY_ATTR
        __attribute__((always_inline)) -> V {
      V aligned = hn::Add(diagonal, widen_scores(d, d8, scores.lookup(d8, q, t)));
      // The tables for 8 bits hold the drift.
      if constexpr (sizeof(T) > 1) aligned = hn::Add(aligned, diagonal_drift);
      // Before the gaps, for which the next cell waits.
      if constexpr (floored && !traced) aligned = hn::Max(aligned, lowest);
      const V gap = hn::Max(e, f);
      V h = hn::Max(aligned, gap);
      if constexpr (traced) {
        hn::StoreMaskBits(d, hn::Eq(aligned, h), trace);
        hn::StoreMaskBits(d, hn::Eq(e, gap), trace + masks);
      }
      if constexpr (floored && traced) h = hn::Max(h, lowest);
      if (!inside) h = e = f = lowest;
      const V opened = hn::Sub(h, open);
      e = hn::Max(e, opened);
      f = hn::Max(f, opened);
      if constexpr (traced) {
        hn::StoreMaskBits(d, hn::Eq(opened, e), trace + 2 * masks);
        hn::StoreMaskBits(d, hn::Eq(opened, f), trace + 3 * masks);
        trace += trace_masks * masks;
      }
      return h;
    };
    const auto row = [&](auto floored, auto at_edge, auto offer, std::int64_t i) HWY_ATTR
        __attribute__((always_inline)) {
          const auto inside = [&](std::int64_t column) { return !at_edge || job.band.contains(i, column); };
          const V8 q = hn::LoadU(d8, job.query + (i - 1) * lanes);
          const V left = hn::Sub(hn::Load(d, column_h + i * lanes), tile_drift);
          V e = hn::Sub(hn::Load(d, column_e + i * lanes), tile_drift);
          const V h0 = cell(floored, inside(j), floor0, q, t0, diagonal0, e, f0);
          const V h1 = cell(floored, inside(j + 1), floor1, q, t1, diagonal1, e, f1);
          const V h2 = cell(floored, inside(j + 2), floor2, q, t2, diagonal2, e, f2);
          const V h3 = cell(floored, inside(j + 3), floor3, q, t3, diagonal3, e, f3);
          diagonal0 = left;
          diagonal1 = h0;
          diagonal2 = h1;
          diagonal3 = h2;
          hn::Store(h3, d, column_h + i * lanes);
          hn::Store(e, d, column_e + i * lanes);
          if constexpr (floored) {
            floor0 = floor1;
            floor1 = floor2;
            floor2 = floor3;
            floor3 = hn::Add(floor3, row_drift);
          }
          offer(i, h0, h1, h2, h3);
        };
    const auto rows = [&](auto floored, auto at_edge, auto offer, std::int64_t i, std::int64_t last) HWY_ATTR
        __attribute__((always_inline)) {
          if constexpr (floored) {
            floor0 = low_at(row_of_block(i), 0);
            floor1 = hn::Add(floor0, row_drift);
            floor2 = hn::Add(floor1, row_drift);
            floor3 = hn::Add(floor2, row_drift);
          }
          for (; i <= last; ++i) row(floored, at_edge, offer, i);
        };
    const auto skip = [](std::int64_t, V, V, V, V) HWY_ATTR {};
    const auto keep = [&](std::int64_t, V h0, V h1, V h2, V h3) HWY_ATTR { ends.offer(h0, h1, h2, h3); };
    const auto keep_before = [&](std::int64_t, V h0, V h1, V h2, V h3) HWY_ATTR { ends.offer_before(h0, h1, h2, h3); };
    V low = floor0;
    const auto keep_seldom = [&](std::int64_t i, V h0, V h1, V h2, V h3)
                                 HWY_ATTR { ends.offer_seldom(i, low, h0, h1, h2, h3); };
    const std::true_type yes;
    const std::false_type no;
    const auto rows_alike = [&](RowKind kind, std::int64_t i, std::int64_t last) HWY_ATTR
        __attribute__((always_inline)) {
          if (kind == RowKind::at_edge) return rows(yes, yes, keep, i, last);
          if constexpr (track == Track::nothing) {
            rows(yes, no, skip, i, last);
          } else {
            if (kind == RowKind::plain) return rows(no, no, skip, i, last);
            if (kind == RowKind::begins) return rows(yes, no, skip, i, last);
            if (kind == RowKind::ends_before) return rows(no, no, keep_before, i, last);
            if (kind == RowKind::ends) return rows(no, no, keep, i, last);
            if (ends.improves_seldom()) {
              low = ends.low();
              return rows(yes, no, keep_seldom, i, last);
            }
            rows(yes, no, keep, i, last);
          }
        };

    ends.begin_tile(j);
    for (std::int64_t i = first_row; i <= last_row;) {
      const std::int64_t in_block = row_of_block(i);
      if (in_block == 0 && i > first_row) {
        lowest_here = job.frame.lowest_when(job.frame.lowered_by(i));
        diagonal0 = begin_block(diagonal0, -1, -1);
        diagonal1 = begin_block(diagonal1, -1, 0);
        diagonal2 = begin_block(diagonal2, -1, 1);
        diagonal3 = begin_block(diagonal3, -1, 2);
        f0 = begin_block(f0, 0, 0);
        f1 = begin_block(f1, 0, 1);
        f2 = begin_block(f2, 0, 2);
        f3 = begin_block(f3, 0, 3);
      }
      const std::int64_t last = plan.last_alike(i, std::min(last_row, i + block_rows - 1 - in_block));
      const RowKind kind = plan.kind(i);
      ends.begin_rows(i);
      rows_alike(kind, i, last);
      ends.end_rows();
      i = last + 1;
    }
    ends.end_tile(j);
    live.end_tile(j);
  }
  ends.finish();
  live.finish();
}

template <typename T, class Scores>
void fill_local_lanes_tracked(const LaneJob& job, const Scores& scores) {
  if (job.trace != nullptr) return fill_local_lanes<T, Track::nothing, true>(job, scores);
  if (job.track == Track::best_score) return fill_local_lanes<T, Track::best_score, false>(job, scores);
  fill_local_lanes<T, Track::best_cell, false>(job, scores);
}

template <typename T>
void fill_local_lanes_of(const LaneJob& job) {
  if (job.pair_scores != nullptr) return fill_local_lanes_tracked<T>(job, PairNumberScores{*job.pair_scores});
  if (job.scores->is_match_form()) return fill_local_lanes_tracked<T>(job, MatchScores{*job.scores});
  fill_local_lanes_tracked<T>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
