// The kernels that run a PathProgram per group of lanes.
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

template <class Program, int threads>
__device__ __forceinline__ void load_table(const PathBatch& batch, recurrence::Word* table) {
  for (int word = threadIdx.x; word < Program::Scores::table_words; word += threads) table[word] = batch.table[word];
  __syncthreads();
}

/// Leaves the traces of as many jobs as the grid has groups, for walk_paths_kernel.
template <class Program, int threads, int blocks_per_processor>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks_per_processor)
    fill_paths_kernel(const PathBatch batch, const recurrence::PathParameters parameters,
                      const recurrence::PathPenalties penalties) {
  constexpr int groups_per_block = threads / Program::lanes;
  __shared__ recurrence::Word table[Program::Scores::table_words];
  load_table<Program, threads>(batch, table);

  const int group = blockIdx.x * groups_per_block + threadIdx.x / Program::lanes;
  const int first_of_warp = blockIdx.x * groups_per_block + threadIdx.x / 32 * (32 / Program::lanes);
  const int count = pairs_of(batch);
  const int jobs = (count + Program::parts - 1) / Program::parts;
  if (batch.first_job + first_of_warp >= jobs) return;
  typename Program::Job job{};
  typename Program::Plan plan{};
  int pairs[Program::parts];
  const bool reports = threadIdx.x % Program::lanes == 0;
  load_path_job<Program>(batch, parameters, count, group, reports, pairs, job, plan, AtomicAdd());
  Program program(job, plan, parameters, penalties, table);
  program.fill();
  if (reports) atomicAdd(batch.cells, static_cast<unsigned long long>(program.cells()));
}

/// A thread per alignment, after fill_paths_kernel has run for the same batch.
template <class Program, int threads>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, 1)
    walk_paths_kernel(const PathBatch batch, const recurrence::PathParameters parameters) {
  const int walker = blockIdx.x * threads + threadIdx.x;
  walk_path<Program>(batch, parameters, walker / Program::parts, walker % Program::parts, AtomicAdd());
}

/// Fills and walks in one, where not all traces have room. Groups take jobs in turns, so that a grid of any size
/// does. All groups of a warp go round equally often.
template <class Program, int threads, int blocks_per_processor>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks_per_processor)
    retrace_paths_kernel(PathBatch batch, const recurrence::PathParameters parameters,
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
    typename Program::Plan plan{};
    int pairs[Program::parts];
    const int part = threadIdx.x % Program::lanes;
    load_path_job<Program>(batch, parameters, count, group, part == 0, pairs, job, plan, AtomicAdd());
    Program program(job, plan, parameters, penalties, table);
    recurrence::PerLane<recurrence::PathResult, Program::lanes> paths;
    program.fill_and_walk(paths);
    if (part == 0) atomicAdd(batch.cells, static_cast<unsigned long long>(program.cells()));
    const int pair = part == 0 ? pairs[0] : pairs[Program::parts - 1];
    if (part < Program::parts && pair >= 0) {
      store_path(batch, pair, paths.own, typename Program::Walks(job, plan, parameters).ops_end(part), AtomicAdd());
    }
    recurrence::order_lanes();  // what was walked over is written anew
  }
}

}  // namespace anneal::align::cuda
