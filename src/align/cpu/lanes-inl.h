// The inter-sequence kernel for all but local alignments: one pair per lane, tiles of four target columns in registers,
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
#include "align/cpu/tile_shapes.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Fills the matrices of one vector of pairs. Vectors are named rather than in arrays because scalable ones cannot be
/// elements.
template <typename T, Track track, bool traced, class Scores>
// NOLINTNEXTLINE(readability-function-size): the vectors of a tile have to live in one frame
static void fill_lanes(const LaneJob& job, const Scores& scores) {
  static_assert(other_tile_columns == 4);
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
  EndTracker<T, track> ends(job, column_e + (job.rows + 1) * lanes);

  for (std::int64_t tile = 0; tile < job.layout->count(); ++tile) {
    const std::int64_t j = tile * other_tile_columns + 1;
    const TileLayout::Tile& shape = (*job.layout)[tile];
    const std::int64_t above = shape.first_row - 1;
    if (shape.first_row > shape.last_row) {
      if (above == 0) hn::Store(hn::Set(d, stored_at(0, j + 3, boundary.first_row(j + 3))), d, column_h);
      continue;
    }
    std::uint8_t* trace =
        traced ? job.trace + shape.first_cell * static_cast<std::int64_t>(trace_masks * masks) : nullptr;

    const auto load_target = [&](std::int64_t column) HWY_ATTR {
      return scores.prepare_target(d8, hn::LoadU(d8, job.target + (column - 1) * lanes));
    };
    const V8 t0 = load_target(j), t1 = load_target(j + 1), t2 = load_target(j + 2), t3 = load_target(j + 3);
    // H of the row above the tile: the first row of the matrix, or outside the band.
    const auto above_h = [&](std::int64_t column) HWY_ATTR {
      return hn::Set(d, above == 0 ? stored_at(0, column, boundary.first_row(column)) : minus_infinity<T>);
    };
    V f0 = above_h(j), f1 = above_h(j + 1), f2 = above_h(j + 2), f3 = above_h(j + 3);
    V diagonal0 = hn::Load(d, column_h + above * lanes), diagonal1 = f0, diagonal2 = f1, diagonal3 = f2;
    if (above == 0) hn::Store(f3, d, column_h);
    f0 = subtract_penalty(d, f0, open_extend);
    f1 = subtract_penalty(d, f1, open_extend);
    f2 = subtract_penalty(d, f2, open_extend);
    f3 = subtract_penalty(d, f3, open_extend);

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
    const auto row = [&](auto at_edge, std::int64_t i) HWY_ATTR __attribute__((always_inline)) {
      const auto inside = [&](std::int64_t column) { return !at_edge || job.band.contains(i, column); };
      const V8 q = hn::LoadU(d8, job.query + (i - 1) * lanes);
      const V left = hn::Load(d, column_h + i * lanes);
      V e = hn::Load(d, column_e + i * lanes);
      const V h0 = cell(inside(j), q, t0, diagonal0, e, f0);
      const V h1 = cell(inside(j + 1), q, t1, diagonal1, e, f1);
      const V h2 = cell(inside(j + 2), q, t2, diagonal2, e, f2);
      const V h3 = cell(inside(j + 3), q, t3, diagonal3, e, f3);
      diagonal0 = left;
      diagonal1 = h0;
      diagonal2 = h1;
      diagonal3 = h2;
      hn::Store(h3, d, column_h + i * lanes);
      hn::Store(e, d, column_e + i * lanes);
      ends.offer(i, h0, h1, h2, h3);
    };

    // Rows between these have all four columns inside the band.
    std::int64_t core_first = shape.first_row, core_last = shape.last_row;
    if (job.band.width >= 0) {
      core_first = std::max(core_first, j + 3 - job.band.centre - job.band.width);
      core_last = std::min(core_last, j - job.band.centre + job.band.width);
    }
    if (core_first > core_last) core_first = core_last = shape.last_row + 1;

    ends.begin_tile(j);
    for (std::int64_t i = shape.first_row; i <= shape.last_row; ++i) {
      if (i >= core_first && i <= core_last) {
        row(std::false_type(), i);
      } else {
        row(std::true_type(), i);
      }
    }
    ends.end_tile(j);
  }
  ends.finish();
}

template <typename T, class Scores>
void fill_lanes_tracked(const LaneJob& job, const Scores& scores) {
  if (job.trace != nullptr) return fill_lanes<T, Track::nothing, true>(job, scores);
  fill_lanes<T, Track::last_cells, false>(job, scores);
}

template <typename T>
void fill_lanes_of(const LaneJob& job) {
  if (job.scores->is_match_form()) return fill_lanes_tracked<T>(job, MatchScores{*job.scores});
  fill_lanes_tracked<T>(job, MatrixScores{*job.scores});
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
