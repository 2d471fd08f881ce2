// What a group of lanes does with the pairs of a batch whose checkpoints have been kept. As path_group.h.
#pragma once

#include "align/cuda/path_group.h"
#include "align/recurrence/checkpoint_path_program.h"

namespace anneal::align::cuda {

/// As load_path_job(). Pairs without checkpoints are left out too.
template <class Program, class Add>
ANNEAL_FN void load_checkpoint_path_job(const PathBatch& batch, const recurrence::PathParameters& parameters, int count,
                                        int group, bool reports, int (&pairs)[Program::parts],
                                        typename Program::Job& job, const Add& add) {
  int longest_query = 0;
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    const std::int64_t place = (std::int64_t{batch.first_job} + group) * Program::parts + part;
    pairs[part] = place < count ? batch.order[place] : -1;
    if (pairs[part] < 0) continue;
    job.of.pair[part] = path_pair(batch, pairs[part]);
    job.checkpoints[part] = batch.checkpoints + pairs[part];
    if (longest_query < job.of.pair[part].query_length) longest_query = job.of.pair[part].query_length;
  }
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    if (pairs[part] < 0) continue;
    if (job.checkpoints[part]->rows != nullptr &&
        Program::add_part(parameters, longest_query, job.of.pair[part], job.of.rectangle[part])) {
      continue;
    }
    if (reports) leave_out(batch, pairs[part], add);
    pairs[part] = -1;
  }
  job.workspace = batch.workspace + batch.words_per_group * group;
}

/// What the lane of a part's number does with its path.
template <class Program, class Add>
ANNEAL_FN void store_checkpoint_path(const PathBatch& batch, const Program& program, int part, int pair,
                                     const recurrence::PathResult& path, const Add& add) {
  if (path.ops < 0) return leave_out(batch, pair, add);
  store_path(batch, pair, path, program.ops_end(part), add);
}

}  // namespace anneal::align::cuda
