#include "align/gpu/rows_end_parameters.h"

#include "align/problem.h"

namespace anneal::align::gpu {

recurrence::RowsEndParameters rows_end_parameters(const AlignOptions& options) {
  const Boundary boundary = boundary_of(options);
  const EndCells ends = end_cells_of(options);
  return {.gap_open = options.gap_open,
          .gap_extend = options.gap_extend,
          .local = boundary.local,
          .query_begin_free = boundary.query_begin_free,
          .target_begin_free = boundary.target_begin_free,
          .query_end_free = ends.query_end_free,
          .target_end_free = ends.target_end_free,
          .band = options.band};
}

}  // namespace anneal::align::gpu
