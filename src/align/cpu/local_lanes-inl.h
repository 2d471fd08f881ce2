// The inter-sequence kernel for local alignments: one pair per lane, tiles of some target columns in registers, rows of
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
#include "align/cpu/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Fills the matrices of one vector of pairs. Static like all kernels made of lambdas, or clang keeps each lambda that
/// it inlines.
template <typename T, std::int64_t tile_columns, Track track, bool traced, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a tile have to live in one frame
static void fill_local_lanes(const LaneJob& job, const Scores& scores) {
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
  LocalEnds<T, track, tile_columns> ends(job);
  LiveRows<T, tile_columns> live(job, column_h, column_e);

  for (std::int64_t tile = 0; tile < job.layout->count(); ++tile) {
    const std::int64_t j = tile * tile_columns + 1;
    const TileLayout::Tile& shape = (*job.layout)[tile];
    if (shape.first_row > shape.last_row) continue;
    const auto [first_row, last_row] = live.rows_of(shape);
    if (first_row > last_row) break;
    const RowPlan plan(job, j, tile_columns);
    std::uint8_t* trace =
        traced ? job.trace + shape.first_cell * static_cast<std::int64_t>(trace_masks * masks) : nullptr;

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
    const auto target_at = [&](std::int64_t k) HWY_ATTR {
      return scores.prepare_target(d8, hn::LoadU(d8, job.target + (j + k - 1) * lanes));
    };
    // Above the tile is the first row of the matrix, or what no alignment that matters comes from.
    const std::int64_t first_in_block = row_of_block(first_row);
    lowest_here = job.frame.lowest_when(job.frame.lowered_by(first_row));
    V corner = hn::Sub(hn::Load(d, column_h + (first_row - 1) * lanes), tile_drift);  // H(i-1,j-1) of the first column
    if (first_in_block == 0 && first_row > 1) corner = begin_block(corner, -1, -1);
    const auto f_at = [&](std::int64_t k) HWY_ATTR { return low_at(first_in_block, k); };
    const auto h_at = [&](std::int64_t k) HWY_ATTR { return low_at(first_in_block - 1, k); };
    V low = hn::Zero(d);
    const std::true_type yes;
    const std::false_type no;
    const auto fill = [&](const auto&... t) HWY_ATTR __attribute__((always_inline)) {
      with_vectors<tile_columns>(f_at, [&](auto&... f) HWY_ATTR __attribute__((always_inline)) {
        with_vectors<tile_columns>(h_at, [&](auto&... h) HWY_ATTR __attribute__((always_inline)) {
          const auto row = [&](auto floored, auto at_edge, auto offer, std::int64_t i,
                               auto&... floor) HWY_ATTR __attribute__((always_inline)) {
            const V8 q = hn::LoadU(d8, job.query + (i - 1) * lanes);
            V diagonal = corner;
            corner = hn::Sub(hn::Load(d, column_h + i * lanes), tile_drift);
            V e = hn::Sub(hn::Load(d, column_e + i * lanes), tile_drift);
            std::int64_t column = j;
            const auto next = [&](V lowest, V8 letter, V& h_here, V& f_here) HWY_ATTR __attribute__((always_inline)) {
              const bool inside = !at_edge || job.band.contains(i, column++);
              const V here = cell(floored, inside, lowest, q, letter, diagonal, e, f_here);
              diagonal = h_here;
              h_here = here;
            };
            if constexpr (floored) {
              (next(floor, t, h, f), ...);
              shift_down(floor...);
              last_of(floor...) = hn::Add(last_of(floor...), row_drift);
            } else {
              (next(h, t, h, f), ...);
            }
            hn::Store(last_of(h...), d, column_h + i * lanes);
            hn::Store(e, d, column_e + i * lanes);
            offer(i, h...);
          };
          const auto rows = [&](auto floored, auto at_edge, auto offer, std::int64_t i, std::int64_t last) HWY_ATTR
              __attribute__((always_inline)) {
                if constexpr (floored) {
                  const auto floor_at = [&](std::int64_t k) HWY_ATTR { return low_at(row_of_block(i), k); };
                  with_vectors<tile_columns>(floor_at, [&](auto&... floor) HWY_ATTR __attribute__((always_inline)) {
                    for (; i <= last; ++i) row(floored, at_edge, offer, i, floor...);
                  });
                } else {
                  for (; i <= last; ++i) row(floored, at_edge, offer, i);
                }
              };
          const auto skip = [](std::int64_t, auto...) HWY_ATTR {};
          const auto keep = [&](std::int64_t, auto... at) HWY_ATTR { ends.offer(at...); };
          const auto keep_before = [&](std::int64_t, auto... at) HWY_ATTR { ends.offer_before(at...); };
          const auto keep_seldom = [&](std::int64_t i, auto... at) HWY_ATTR { ends.offer_seldom(i, low, at...); };
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
          const auto begin_block_of = [&](std::int64_t row_before, auto&... values) HWY_ATTR {
            std::int64_t k = 0;
            ((values = begin_block(values, row_before, k++)), ...);
          };

          ends.begin_tile(j);
          for (std::int64_t i = first_row; i <= last_row;) {
            const std::int64_t in_block = row_of_block(i);
            if (in_block == 0 && i > first_row) {
              lowest_here = job.frame.lowest_when(job.frame.lowered_by(i));
              corner = begin_block(corner, -1, -1);
              begin_block_of(-1, h...);
              begin_block_of(0, f...);
            }
            const std::int64_t last = plan.last_alike(i, std::min(last_row, i + block_rows - 1 - in_block));
            const RowKind kind = plan.kind(i);
            ends.begin_rows(i);
            rows_alike(kind, i, last);
            ends.end_rows();
            i = last + 1;
          }
          ends.end_tile(j);
        });
      });
    };
    with_vectors<tile_columns>(target_at, fill);
    live.end_tile(j);
  }
  ends.finish();
  live.finish();
}

template <typename T, std::int64_t tile_columns, class Scores>
void fill_local_lanes_tracked(const LaneJob& job, const Scores& scores) {
  if (job.trace != nullptr) return fill_local_lanes<T, tile_columns, Track::nothing, true>(job, scores);
  if (job.track == Track::best_score) return fill_local_lanes<T, tile_columns, Track::best_score, false>(job, scores);
  fill_local_lanes<T, tile_columns, Track::best_cell, false>(job, scores);
}

template <typename T, std::int64_t tile_columns>
void fill_local_lanes_of(const LaneJob& job) {
  if (job.pair_scores != nullptr)
    return fill_local_lanes_tracked<T, tile_columns>(job, PairNumberScores{*job.pair_scores});
  if (job.scores->is_match_form()) return fill_local_lanes_tracked<T, tile_columns>(job, MatchScores{*job.scores});
  fill_local_lanes_tracked<T, tile_columns>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
