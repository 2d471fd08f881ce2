// Which rows of a tile the kernel for local alignments has to compute. Included once per instruction set.
//
// A cell is live if its score plus matches in all rows and columns that are left reach what matters (LocalLoss). No
// step of an alignment raises that sum, so one that reaches it has live cells only. In a tile it comes from a live row
// r of the column before, goes down by at most one aligned letter per column and v letters of a gap, and in that column
// the gap alone leads to row r + v, which then is live too. So no row of the tile is live beyond the column's last live
// one plus the tile's columns.
#if defined(ANNEAL_ALIGN_CPU_LIVE_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LIVE_ROWS_INL_H_
#undef ANNEAL_ALIGN_CPU_LIVE_ROWS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LIVE_ROWS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "align/cpu/held-inl.h"
#include "align/cpu/lane_job.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// For each tile that has rows in the layout: rows_of, and if there are any, end_tile when they are done. The columns
/// are the kernel's: H(i,j) and E(i,j+1) of the last column j that is done. A live E needs no test, for as they are
/// stored it is no more than H.
template <typename T, std::int64_t tile_columns>
class LiveRows {
  static constexpr hn::ScalableTag<T> d{};

 public:
  struct Rows {
    std::int64_t first, last;  // first > last: none, and none in tiles to come
  };

  LiveRows(const LaneJob& job, T* column_h, T* column_e)
      : job_(job), column_h_(column_h), column_e_(column_e), cells_left_out_(job.layout->cells()) {
    if (job.loss.matters()) last_ = last_to_begin_from(0) + tile_columns;
  }

  Rows rows_of(const TileLayout::Tile& shape) {
    rows_ = {std::max(shape.first_row, first_), std::min(shape.last_row, last_)};
    cells_left_out_ -= std::max<std::int64_t>(0, rows_.last - rows_.first + 1) * tile_columns;
    return rows_;
  }

  void end_tile(std::int64_t j) {
    if (!job_.loss.matters()) return;
    const std::int64_t column = j + tile_columns - 1;
    std::int64_t last = rows_.last;
    while (last >= rows_.first && !is_live(last, column)) --last;
    first_ = 1;
    if (column >= job_.zone.last_begin_column) {
      first_ = rows_.first;
      while (first_ < last && !is_live(first_, column)) ++first_;
    }
    last_ = std::max(last < rows_.first ? none : last, last_to_begin_from(column)) + tile_columns;
    // The next tile may read these, but they are of columns before this one's.
    if (rows_.first > 1) forget(rows_.first - 1);
    for (std::int64_t i = std::max(rows_.first, last_ + 1); i <= rows_.last; ++i) forget(i);
  }

  void finish() const {
    if (job_.cells_left_out != nullptr) *job_.cells_left_out = cells_left_out_;
  }

 private:
  static constexpr std::int64_t none = -tile_columns;

  // The last live row of this column, or `none`, from where alignments can begin with the next row and column.
  std::int64_t last_to_begin_from(std::int64_t column) const {
    return column < job_.zone.last_begin_column ? job_.zone.last_begin_row - 1 : none;
  }

  // In any lane.
  bool is_live(std::int64_t i, std::int64_t column) const {
    const LocalFrame& frame = job_.frame;
    const std::int64_t least = job_.loss.least_score(i, column) + frame.bias - frame.lowered_by(i) +
                               (frame.row_in_block(i) + tile_columns - 1) * job_.boundary.gap_extend;
    if (least <= 0) return true;
    const auto low = hn::Set(d, static_cast<T>(std::min<std::int64_t>(least, hwy::LimitsMax<T>())));
    const auto h = hn::Load(d, column_h_ + i * lanes_);
    return !hn::AllFalse(d, hn::Eq(hn::Max(h, low), h));
  }

  // As it was before the first tile.
  void forget(std::int64_t i) {
    const LocalFrame& frame = job_.frame;
    const std::int64_t extend = job_.boundary.gap_extend;
    const std::int64_t lowest =
        frame.lowest_when(frame.lowered_by(i)) + (frame.row_in_block(i) + tile_columns - 1) * extend;
    hn::Store(hn::Set(d, static_cast<T>(lowest)), d, column_h_ + i * lanes_);
    hn::Store(hn::Set(d, static_cast<T>(lowest + extend)), d, column_e_ + i * lanes_);
  }

  const LaneJob& job_;
  T* column_h_;
  T* column_e_;
  std::int64_t lanes_ = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t first_ = 1;
  std::int64_t last_ = LocalLoss::any;
  Rows rows_ = {};
  std::int64_t cells_left_out_;
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
