// What a group of lanes does with a pair of a TwoPieceBatch: the body of the kernels, which tests run on the host.
#pragma once

#include "align/gpu/two_piece_batch.h"
#include "align/recurrence/two_piece_program.h"

namespace anneal::align::gpu {

/// The job of a pair, for the group of that number among those in flight.
ANNEAL_FN recurrence::TwoPieceJob two_piece_job(ANNEAL_THREAD const TwoPieceBatch& batch, bool wants_path, int pair,
                                                int group) {
  return {.query = batch.queries.letters + batch.queries.begins[pair],
          .target = batch.targets.letters + batch.targets.begins[pair],
          .query_length = batch.queries.lengths[pair],
          .target_length = batch.targets.lengths[pair],
          .band_centre = batch.band_centres == nullptr ? 0 : batch.band_centres[pair],
          .workspace = batch.workspace + batch.bytes_per_group * group,
          .workspace_bytes = static_cast<long>(batch.bytes_per_group),
          .ops_end = wants_path ? batch.ops + batch.ops_ends[pair] : batch.ops};
}

/// What a group does with it. `scores`: its own memory for them, or the begin of its workspace.
template <class Ints>
ANNEAL_FN recurrence::TwoPieceEnd run_two_piece(ANNEAL_THREAD const recurrence::TwoPieceJob& job,
                                                ANNEAL_THREAD const recurrence::TwoPieceParameters& parameters,
                                                ANNEAL_SHARED const recurrence::Word* table, Ints scores,
                                                bool scores_are_own ANNEAL_LANE_PARAMETER) {
  const recurrence::Antidiagonals cells =
      recurrence::Antidiagonals::of(job.query_length, job.target_length, parameters.band, job.band_centre);
  const recurrence::TwoPiecePlan plan(cells, parameters.wants_path, scores_are_own);
  recurrence::TwoPieceProgram<Ints> program(job, cells, plan, parameters, table, scores ANNEAL_LANE);
  return program.run();
}

}  // namespace anneal::align::gpu
