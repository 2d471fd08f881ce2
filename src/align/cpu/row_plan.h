// What the rows of a tile have to do in the kernel for local alignments.
#pragma once

#include <algorithm>
#include <cstdint>

#include "align/cpu/lane_job.h"

namespace anneal::align::cpu {

/// What a run of rows of a tile has to do.
enum class RowKind {
  plain,
  begins,           ///< alignments may begin here
  ends_before,      ///< or end, before where that matters
  ends,             ///< or end
  begins_and_ends,  ///< or both
  at_edge,          ///< both, and some cells are outside the band
};

/// Rows of a tile that begins with column `j` by what they have to do, first row first.
class RowPlan {
 public:
  RowPlan(const LaneJob& job, std::int64_t j, std::int64_t tile_columns) {
    if (j <= job.zone.last_begin_column) last_floored_ = std::min(job.zone.last_begin_row, never);
    if (j + tile_columns > job.zone.first_end_column) {
      first_end_ = job.zone.first_end_row;
      first_exact_ = std::max(first_end_, job.zone.first_exact_row);
    }
    // Rows between these have all columns inside the band.
    if (job.band.width < 0) return;
    core_first_ = j + tile_columns - 1 - job.band.centre - job.band.width;
    core_last_ = j - job.band.centre + job.band.width;
  }

  RowKind kind(std::int64_t i) const {
    if (i < core_first_ || i > core_last_) return RowKind::at_edge;
    if (i <= last_floored_) return i >= first_end_ ? RowKind::begins_and_ends : RowKind::begins;
    if (i < first_end_) return RowKind::plain;
    return i < first_exact_ ? RowKind::ends_before : RowKind::ends;
  }

  /// The last row from `i` to `last` that is of the same kind.
  std::int64_t last_alike(std::int64_t i, std::int64_t last) const {
    for (const std::int64_t next : {core_first_, core_last_ + 1, last_floored_ + 1, first_end_, first_exact_}) {
      if (next > i) last = std::min(last, next - 1);
    }
    return last;
  }

 private:
  static constexpr std::int64_t never = std::int64_t{1} << 40;

  std::int64_t last_floored_ = 0;
  std::int64_t first_end_ = never;
  std::int64_t first_exact_ = never;
  std::int64_t core_first_ = 0;
  std::int64_t core_last_ = never;
};

}  // namespace anneal::align::cpu
