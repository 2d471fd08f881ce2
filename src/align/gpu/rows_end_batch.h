// What the kernel that finds ends whatever the options works on, in the device's memory.
#pragma once

#include "align/gpu/end_batch.h"
#include "align/recurrence/rows_end_program.h"

namespace anneal::align::gpu {

/// All pointers are to the device's memory. Pairs have letters on both sides.
struct RowsEndBatch {
  SequenceTable queries;
  SequenceTable targets;
  ANNEAL_GLOBAL const int* band_centres = nullptr;                        ///< by pair index; null for 0
  ANNEAL_GLOBAL const recurrence::ExcludedEnds* excluded_ends = nullptr;  ///< by pair index; null: none
  ANNEAL_GLOBAL const int* order = nullptr;                               ///< indices of the pairs to do
  int pairs = 0;
  ANNEAL_GLOBAL recurrence::EndCell* results = nullptr;   ///< by pair index
  ANNEAL_GLOBAL const recurrence::Word* table = nullptr;  ///< extend_table()
  ANNEAL_GLOBAL int* rows = nullptr;                      ///< rows_per_group ints for each group in flight
  Offset rows_per_group = 0;
};

using RowsEndProgram = recurrence::RowsEndProgram<32>;

/// RowsEndBatch::rows_per_group for queries of at most this length.
ANNEAL_CONSTANT_FN Offset rows_end_ints(Offset query_length) { return 2 * RowsEndProgram::row_cells(query_length); }

/// The job at `place` of a batch's order, for a group that has these rows.
ANNEAL_FN recurrence::RowsEndJob rows_end_job(ANNEAL_THREAD const RowsEndBatch& batch, int pair, int group) {
  recurrence::ExcludedEnds excluded;
  if (batch.excluded_ends != nullptr) excluded = batch.excluded_ends[pair];
  return {.query = batch.queries.letters + batch.queries.begins[pair],
          .target = batch.targets.letters + batch.targets.begins[pair],
          .query_length = batch.queries.lengths[pair],
          .target_length = batch.targets.lengths[pair],
          .band_centre = batch.band_centres == nullptr ? 0 : batch.band_centres[pair],
          .excluded_ends = excluded,
          .rows = batch.rows + batch.rows_per_group * group};
}

}  // namespace anneal::align::gpu
