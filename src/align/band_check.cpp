#include "align/band_check.h"

#include <algorithm>

namespace anneal::align {
namespace {

// Whether a diagonal offset j - i in [lowest, highest] is inside the band.
bool any_inside(const Band& band, std::int64_t lowest, std::int64_t highest) {
  return std::max(lowest, band.centre - band.width) <= std::min(highest, band.centre + band.width);
}

}  // namespace

bool band_admits_path(std::int64_t rows, std::int64_t columns, const Band& band, const Boundary& boundary,
                      const EndCells& ends) {
  if (band.width < 0 || boundary.local) return true;
  const bool begins = any_inside(band, boundary.query_begin_free ? -rows : 0, boundary.target_begin_free ? columns : 0);
  const std::int64_t first = rows == 0 || columns == 0 ? 0 : 1;
  const std::int64_t corner = columns - rows;
  const bool finishes = any_inside(band, ends.target_end_free ? std::min(first - rows, corner) : corner,
                                   ends.query_end_free ? std::max(columns - first, corner) : corner);
  return begins && finishes;
}

}  // namespace anneal::align
