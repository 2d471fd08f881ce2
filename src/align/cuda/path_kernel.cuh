// The kernel that runs a PathProgram per group of lanes.
#pragma once

#include "align/cuda/path_group.h"

namespace anneal::align::cuda {

/// What path_group.h wants.
struct AtomicAdd {
  template <class T>
  __device__ __forceinline__ T operator()(T* counter, T amount) const {
    return atomicAdd(counter, amount);
  }
};

/// Groups take jobs in turns, so that a grid of any size does. All groups of a warp go round equally often.
template <class Program, int threads, int blocks_per_processor>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks_per_processor)
    find_paths_kernel(const PathBatch batch, const recurrence::PathParameters parameters,
                      const recurrence::PathPenalties penalties) {
  using Scores = typename Program::Scores;
  constexpr int groups_per_block = threads / Program::lanes;
  __shared__ recurrence::Word table[Scores::table_words];
  for (int word = threadIdx.x; word < Scores::table_words; word += threads) table[word] = batch.table[word];
  __syncthreads();

  const int first = blockIdx.x * groups_per_block + threadIdx.x / Program::lanes;
  const int first_of_warp = blockIdx.x * groups_per_block + threadIdx.x / 32 * (32 / Program::lanes);
  const int groups = gridDim.x * groups_per_block;
  const int count = pairs_of(batch);
  const int jobs = (count + Program::parts - 1) / Program::parts;
  for (int round = 0; first_of_warp + round < jobs; round += groups) {
    typename Program::Job job{};
    typename Program::Plan plan{};
    int pairs[Program::parts];
    const int part = threadIdx.x % Program::lanes;
    load_path_job<Program>(batch, parameters, count, first + round, part == 0, pairs, job, plan, AtomicAdd());
    job.workspace = batch.workspace + batch.words_per_group * first;
    Program program(job, plan, parameters, penalties, table);
    program.run();
    const int pair = part == 0 ? pairs[0] : pairs[Program::parts - 1];
    if (part < Program::parts && pair >= 0) {
      const recurrence::PathResult path = program.result(part);
      store_path(batch, pair, path, program.ops_end(part), AtomicAdd());
    }
    recurrence::order_lanes();  // what was walked over is written anew
  }
}

}  // namespace anneal::align::cuda
