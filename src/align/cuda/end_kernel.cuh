// The kernel that runs an EndProgram per group of lanes.
#pragma once

#include "align/cuda/end_batch.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/end_program.h"

namespace anneal::align::cuda {

/// The alignments of one group: of the pairs that `order` has at its place, or none beyond its end.
template <class Program>
__device__ __forceinline__ void load_job(const EndBatch& batch, int count, int group, int (&pairs)[Program::parts],
                                         typename Program::Job& job) {
#pragma unroll
  for (int part = 0; part < Program::parts; ++part) {
    const std::int64_t place = std::int64_t{group} * Program::parts + part;
    const bool exists = place < count;
    const int pair = exists ? batch.order[place] : -1;
    pairs[part] = pair;
    job.query_length[part] = exists ? batch.queries.lengths[pair] : 0;
    job.target_length[part] = exists ? batch.targets.lengths[pair] : 0;
    job.query[part] = exists ? batch.queries.letters + batch.queries.begins[pair] : nullptr;
    job.target[part] = exists ? batch.targets.letters + batch.targets.begins[pair] : nullptr;
  }
}

/// Groups take jobs in turns, so that a grid of any size does. All groups of a warp go round equally often.
template <class Program, int threads, int blocks_per_processor>
__global__ void __launch_bounds__(threads, blocks_per_processor)
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
    int pairs[Program::parts];
    load_job<Program>(batch, count, first + round, pairs, job);
    job.borders = Program::one_strip ? nullptr : batch.borders + batch.borders_per_group * first;
    recurrence::EndCell ends[Program::parts];
    Program(job, parameters, table).run(ends);
    if (threadIdx.x % Program::lanes != 0) continue;
#pragma unroll
    for (int part = 0; part < Program::parts; ++part) {
      if (pairs[part] < 0) continue;
      batch.results[pairs[part]] = ends[part];
      if (Program::Form::has_dust && ends[part].query_end == recurrence::EndCell::undecided) {
        batch.undecided[atomicAdd(batch.undecided_count, 1)] = pairs[part];
      }
    }
  }
}

}  // namespace anneal::align::cuda
