// The kernel that finds ends whatever the options, and its launch. Compiles without CUDA.
#pragma once

#include <cstdint>

#include "align/cuda/end_batch.h"
#include "align/recurrence/rows_end_program.h"
#include "anneal/align.h"
#include "device/cuda/kernel.h"

namespace anneal::align::cuda {

/// All pointers are to device memory. Pairs have letters on both sides.
struct RowsEndBatch {
  SequenceTable queries;
  SequenceTable targets;
  const std::int32_t* band_centres = nullptr;  ///< by pair index; null for 0
  const std::int32_t* order = nullptr;         ///< indices of the pairs to do
  std::int32_t pairs = 0;
  recurrence::EndCell* results = nullptr;   ///< by pair index
  const recurrence::Word* table = nullptr;  ///< extend_table()
  std::int32_t* rows = nullptr;             ///< rows_per_group ints for each group in flight
  std::int64_t rows_per_group = 0;
};

using RowsEndProgram = recurrence::RowsEndProgram<32>;

inline constexpr unsigned rows_end_threads = 64;
inline constexpr unsigned rows_end_groups = rows_end_threads / RowsEndProgram::lanes;  ///< per block

/// Blocks of rows_end_threads; any number is right.
extern const device::cuda::Kernel<RowsEndBatch, recurrence::RowsEndParameters> rows_end_kernel;

/// RowsEndBatch::rows_per_group for queries of at most this length.
inline std::int64_t rows_end_ints(std::int64_t query_length) { return 2 * RowsEndProgram::row_cells(query_length); }

/// The job at `place` of a batch's order, for a group that has these rows.
ANNEAL_FN recurrence::RowsEndJob rows_end_job(const RowsEndBatch& batch, int pair, int group) {
  return {.query = batch.queries.letters + batch.queries.begins[pair],
          .target = batch.targets.letters + batch.targets.begins[pair],
          .query_length = batch.queries.lengths[pair],
          .target_length = batch.targets.lengths[pair],
          .band_centre = batch.band_centres == nullptr ? 0 : batch.band_centres[pair],
          .rows = batch.rows + batch.rows_per_group * group};
}

recurrence::RowsEndParameters rows_end_parameters(const AlignOptions& options);

}  // namespace anneal::align::cuda
