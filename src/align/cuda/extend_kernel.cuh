// The kernel that runs a program for Mode::extend per group of lanes.
#pragma once

#include "align/gpu/extend_group.h"

namespace anneal::align::cuda {

/// Groups take pairs in turns, so that a grid of any size does.
template <class Program, int threads, int blocks_per_processor>
__global__ void ANNEAL_LAUNCH_BOUNDS(threads, blocks_per_processor)
    extend_kernel(const ExtendBatch batch, const recurrence::ExtendParameters parameters) {
  constexpr int groups_per_block = threads / Program::lanes;
  __shared__ recurrence::Word table[Program::Scores::table_words];
  for (int word = threadIdx.x; word < Program::Scores::table_words; word += threads) table[word] = batch.table[word];
  __syncthreads();

  const int first = blockIdx.x * groups_per_block + threadIdx.x / Program::lanes;
  const int groups = gridDim.x * groups_per_block;
  for (std::int64_t place = first; place < batch.pairs; place += groups) {
    const int pair = batch.order[place];
    const recurrence::ExtendJob job = extend_job(batch, pair, first);
    const recurrence::ExtendEnd end = Program(job, parameters, table).run();
    if (threadIdx.x % Program::lanes == 0) batch.results[pair] = end;
  }
}

}  // namespace anneal::align::cuda
