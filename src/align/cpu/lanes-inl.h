// The inter-sequence kernel for all but local alignments: one pair per lane, tiles of some target columns in registers,
// rows of the query streamed. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LANES_INL_H_
#undef ANNEAL_ALIGN_CPU_LANES_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LANES_INL_H_
#endif

#include <hwy/highway.h>

#include "align/cpu/arithmetic-inl.h"
#include "align/cpu/lane_ends-inl.h"
#include "align/cpu/lane_job.h"
#include "align/cpu/scores-inl.h"
#include "align/cpu/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Fills the matrices of one vector of pairs.
template <typename T, std::int64_t tile_columns, Track track, bool traced, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a tile have to live in one frame
void fill_lanes(const LaneJob& job, const Scores& scores) {
  const hn::ScalableTag<T> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  using V = hn::Vec<decltype(d)>;
  using V8 = hn::Vec<decltype(d8)>;
  const std::int64_t lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const std::size_t masks = mask_bytes(hn::Lanes(d));
  const Boundary& boundary = job.boundary;
  const auto stored_at = [&](std::int64_t i, std::int64_t j, std::int64_t score) {
    return job.band.contains(i, j) ? stored<T>(score, false) : minus_infinity<T>;
  };

  const V open_extend = hn::Set(d, static_cast<T>(boundary.gap_open + boundary.gap_extend));
  const V extend = hn::Set(d, static_cast<T>(boundary.gap_extend));
  const V unreachable = hn::Set(d, minus_infinity<T>);

  // H(i,j) and E(i,j+1) of the last column j that is done.
  T* const column_h = static_cast<T*>(job.workspace);
  T* const column_e = column_h + (job.rows + 1) * lanes;
  for (std::int64_t i = 0; i <= job.rows; ++i) {
    const V h = hn::Set(d, stored_at(i, 0, boundary.first_column(i)));
    hn::Store(h, d, column_h + i * lanes);
    hn::Store(subtract_penalty(d, h, open_extend), d, column_e + i * lanes);
  }
  EndTracker<T, track, tile_columns> ends(job, column_e + (job.rows + 1) * lanes);

  for (std::int64_t tile = 0; tile < job.layout->count(); ++tile) {
    const std::int64_t j = tile * tile_columns + 1;
    const TileLayout::Tile& shape = (*job.layout)[tile];
    const std::int64_t last_column = j + tile_columns - 1;
    const std::int64_t above = shape.first_row - 1;
    if (shape.first_row > shape.last_row) {
      if (above == 0) hn::Store(hn::Set(d, stored_at(0, last_column, boundary.first_row(last_column))), d, column_h);
      continue;
    }
    std::uint8_t* trace =
        traced ? job.trace + shape.first_cell * static_cast<std::int64_t>(trace_masks * masks) : nullptr;

    const auto target_at = [&](std::int64_t k) HWY_ATTR {
      return scores.prepare_target(d8, hn::LoadU(d8, job.target + (j + k - 1) * lanes));
    };
    // H of the row above the tile: the first row of the matrix, or outside the band.
    const auto above_at = [&](std::int64_t k) HWY_ATTR {
      return hn::Set(d, above == 0 ? stored_at(0, j + k, boundary.first_row(j + k)) : minus_infinity<T>);
    };
    const auto f_at = [&](std::int64_t k) HWY_ATTR { return subtract_penalty(d, above_at(k), open_extend); };
    V corner = hn::Load(d, column_h + above * lanes);  // H(i-1,j-1) of the first column
    if (above == 0) hn::Store(above_at(tile_columns - 1), d, column_h);

    // One cell: `diagonal` is H(i-1,j-1), `e` E(i,j) and then E(i,j+1), `f` F(i,j) and then F(i+1,j). Returns H(i,j).
    const auto cell = [&](bool inside, V8 q, V8 t, V diagonal, V& e, V& f) HWY_ATTR
        __attribute__((always_inline)) -> V {
      const V aligned = add_scores(d, diagonal, widen_scores(d, d8, scores.lookup(d8, q, t)));
      const V gap = hn::Max(e, f);
      V h = hn::Max(aligned, gap);
      if constexpr (traced) {
        hn::StoreMaskBits(d, hn::Eq(aligned, h), trace);
        hn::StoreMaskBits(d, hn::Eq(e, gap), trace + masks);
      }
      if constexpr (!saturates<T>) h = hn::Max(h, unreachable);
      if (!inside) h = e = f = unreachable;
      const V opened = subtract_penalty(d, h, open_extend);
      e = hn::Max(subtract_penalty(d, e, extend), opened);
      f = hn::Max(subtract_penalty(d, f, extend), opened);
      if constexpr (traced) {
        hn::StoreMaskBits(d, hn::Eq(opened, e), trace + 2 * masks);
        hn::StoreMaskBits(d, hn::Eq(opened, f), trace + 3 * masks);
        trace += trace_masks * masks;
      }
      return h;
    };
    // Rows between these have all columns inside the band.
    std::int64_t core_first = shape.first_row, core_last = shape.last_row;
    if (job.band.width >= 0) {
      core_first = std::max(core_first, last_column - job.band.centre - job.band.width);
      core_last = std::min(core_last, j - job.band.centre + job.band.width);
    }
    if (core_first > core_last) core_first = core_last = shape.last_row + 1;

    const auto fill = [&](const auto&... t) HWY_ATTR __attribute__((always_inline)) {
      with_vectors<tile_columns>(f_at, [&](auto&... f) HWY_ATTR __attribute__((always_inline)) {
        with_vectors<tile_columns>(above_at, [&](auto&... h) HWY_ATTR __attribute__((always_inline)) {
          const auto row = [&](auto at_edge, std::int64_t i) HWY_ATTR __attribute__((always_inline)) {
            const V8 q = hn::LoadU(d8, job.query + (i - 1) * lanes);
            V diagonal = corner;
            corner = hn::Load(d, column_h + i * lanes);
            V e = hn::Load(d, column_e + i * lanes);
            std::int64_t column = j;
            const auto next = [&](V8 letter, V& h_here, V& f_here) HWY_ATTR __attribute__((always_inline)) {
              const bool inside = !at_edge || job.band.contains(i, column++);
              const V here = cell(inside, q, letter, diagonal, e, f_here);
              diagonal = h_here;
              h_here = here;
            };
            (next(t, h, f), ...);
            hn::Store(last_of(h...), d, column_h + i * lanes);
            hn::Store(e, d, column_e + i * lanes);
            ends.offer(i, h...);
          };
          ends.begin_tile(j);
          for (std::int64_t i = shape.first_row; i <= shape.last_row; ++i) {
            if (i >= core_first && i <= core_last) {
              row(std::false_type(), i);
            } else {
              row(std::true_type(), i);
            }
          }
          ends.end_tile(j);
        });
      });
    };
    with_vectors<tile_columns>(target_at, fill);
  }
  ends.finish();
}

template <typename T, std::int64_t tile_columns, class Scores>
void fill_lanes_tracked(const LaneJob& job, const Scores& scores) {
  if (job.trace != nullptr) return fill_lanes<T, tile_columns, Track::nothing, true>(job, scores);
  fill_lanes<T, tile_columns, Track::last_cells, false>(job, scores);
}

template <typename T, std::int64_t tile_columns>
void fill_lanes_of(const LaneJob& job) {
  if (job.scores->is_match_form()) return fill_lanes_tracked<T, tile_columns>(job, MatchScores{*job.scores});
  fill_lanes_tracked<T, tile_columns>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
