// The kernel that runs an EndProgram per group of lanes.
#pragma once

#include "align/gpu/end_group.h"

namespace anneal::align::cuda {

/// Groups take jobs in turns, so that a grid of any size does. All groups of a warp go round equally often.
template <class Program, int threads, int blocks_per_processor>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks_per_processor)
    find_ends_kernel(const EndBatch batch, const recurrence::EndParameters parameters) {
  using Scores = typename Program::Scores;
  constexpr int groups_per_block = threads / Program::lanes;
  __shared__ recurrence::Word table[Scores::table_words];
  for (int word = threadIdx.x; word < Scores::table_words; word += threads) table[word] = batch.table[word];
  __syncthreads();

  const int first = blockIdx.x * groups_per_block + threadIdx.x / Program::lanes;
  const int first_of_warp = blockIdx.x * groups_per_block + threadIdx.x / 32 * (32 / Program::lanes);
  const int groups = gridDim.x * groups_per_block;
  const int count = batch.counted_pairs == nullptr ? batch.pairs : *batch.counted_pairs;
  const int jobs = (count + Program::parts - 1) / Program::parts;
  for (int round = 0; first_of_warp + round < jobs; round += groups) {
    typename Program::Job job;
    const GroupPairs<Program> pairs = load_job<Program>(batch, count, first + round, job);
    job.borders = borders_of<Program>(batch, first, first + round);
    recurrence::EndCell ends[Program::parts];
    Program program(job, parameters, table);
    program.run(ends);
    if (threadIdx.x % Program::lanes != 0) continue;
    if constexpr (Program::keeps_checkpoints) store_checkpoints(batch, pairs, program, ends);
    store_ends<Program>(batch, pairs, ends, [](std::int32_t* counter) { return atomicAdd(counter, 1); });
  }
}

}  // namespace anneal::align::cuda
