// The kernel that runs a CheckpointPathProgram per group of lanes.
#pragma once

#include "align/cuda/checkpoint_path_group.h"
#include "align/cuda/path_kernel.cuh"

namespace anneal::align::cuda {

/// Groups take jobs in turns, as in retrace_paths_kernel.
template <class Program, int threads, int blocks_per_processor>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks_per_processor)
    checkpoint_paths_kernel(PathBatch batch, const recurrence::PathParameters parameters,
                            const recurrence::PathPenalties penalties) {
  constexpr int groups_per_block = threads / Program::lanes;
  __shared__ recurrence::Word table[Program::Scores::table_words];
  load_table<Program, threads>(batch, table);

  const int group = blockIdx.x * groups_per_block + threadIdx.x / Program::lanes;
  const int first_of_warp = blockIdx.x * groups_per_block + threadIdx.x / 32 * (32 / Program::lanes);
  const int groups = gridDim.x * groups_per_block;
  const int count = pairs_of(batch);
  const int jobs = (count + Program::parts - 1) / Program::parts;
  for (; batch.first_job + first_of_warp < jobs; batch.first_job += groups) {
    typename Program::Job job{};
    int pairs[Program::parts];
    const int part = threadIdx.x % Program::lanes;
    load_checkpoint_path_job<Program>(batch, parameters, count, group, part == 0, pairs, job, AtomicAdd());
    Program program(job, parameters, penalties, table);
    recurrence::PerLane<recurrence::PathResult, Program::lanes> paths;
    program.find(paths);
    if (part == 0) atomicAdd(batch.cells, static_cast<unsigned long long>(program.cells()));
    const int pair = part == 0 ? pairs[0] : pairs[Program::parts - 1];
    if (part < Program::parts && pair >= 0) {
      store_checkpoint_path(batch, program, part, pair, paths.own, AtomicAdd());
    }
    recurrence::order_lanes();  // what was walked over is written anew
  }
}

}  // namespace anneal::align::cuda
