// The kernel that runs a PathProgram per group of lanes.
#pragma once

#include "align/cuda/path_batch.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/path_program.h"

namespace anneal::align::cuda {

/// What a batch says of a pair.
__device__ __forceinline__ recurrence::PathPair path_pair(const PathBatch& batch, int pair) {
  return {.query = batch.queries.letters + batch.queries.begins[pair],
          .target = batch.targets.letters + batch.targets.begins[pair],
          .query_length = batch.queries.lengths[pair],
          .target_length = batch.targets.lengths[pair],
          .end = batch.ends[pair],
          .band_centre = batch.band_centres == nullptr ? 0 : batch.band_centres[pair]};
}

__device__ __forceinline__ void leave_out(const PathBatch& batch, int pair) {
  batch.left_out[atomicAdd(batch.left_out_count, 1)] = pair;
}

/// Moves a path's operations, which end at `end`, to where those of the batch are.
__device__ __forceinline__ void store_path(const PathBatch& batch, int pair, const recurrence::PathResult& path,
                                           const recurrence::Word* end) {
  const auto ops = static_cast<std::uint32_t>(path.ops);
  const unsigned long long place = atomicAdd(batch.ops_used, static_cast<unsigned long long>(ops));
  const bool has_room = place + ops <= batch.ops_room;
  if (has_room) {
    for (std::uint32_t op = 0; op < ops; ++op) batch.ops[place + op] = end[static_cast<std::int64_t>(op) - ops];
  }
  batch.entries[pair] = {path.query_begin, path.target_begin, ops,
                         has_room ? static_cast<std::uint32_t>(place) : PathEntry::no_room};
}

/// The alignments of one group: of the pairs that `order` has at its place. Pairs that the program cannot do become -1.
template <class Program>
__device__ __forceinline__ void load_path_job(const PathBatch& batch, const recurrence::PathParameters& parameters,
                                              int count, int group, int (&pairs)[Program::parts],
                                              typename Program::Job& job, typename Program::Plan& plan) {
  const bool reports = threadIdx.x % Program::lanes == 0;
  bool fits[Program::parts];
#pragma unroll
  for (int part = 0; part < Program::parts; ++part) {
    const std::int64_t place = std::int64_t{group} * Program::parts + part;
    pairs[part] = place < count ? batch.order[place] : -1;
    if (pairs[part] >= 0) job.pair[part] = path_pair(batch, pairs[part]);
    fits[part] =
        pairs[part] >= 0 && Program::plan_part(parameters, job.pair[part], plan.rectangle[part], plan.zero[part]);
  }
  Program::make_hull(plan);
  const bool has_room = plan.words() <= batch.words_per_group;
#pragma unroll
  for (int part = 0; part < Program::parts; ++part) {
    if (pairs[part] >= 0 && !(fits[part] && has_room)) {
      if (reports) leave_out(batch, pairs[part]);
      pairs[part] = -1;
    }
    if (pairs[part] < 0 || !has_room) plan.rectangle[part] = recurrence::PathRectangle{};
  }
  if (!has_room) Program::make_hull(plan);
}

/// Groups take jobs in turns, so that a grid of any size does. All groups of a warp go round equally often.
template <class Program, int threads, int blocks_per_processor>
__global__ void __launch_bounds__(threads, blocks_per_processor)
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
  const int count = batch.counted_pairs == nullptr ? batch.pairs : *batch.counted_pairs;
  const int jobs = (count + Program::parts - 1) / Program::parts;
  for (int round = 0; first_of_warp + round < jobs; round += groups) {
    typename Program::Job job{};
    typename Program::Plan plan{};
    int pairs[Program::parts];
    load_path_job<Program>(batch, parameters, count, first + round, pairs, job, plan);
    job.workspace = batch.workspace + batch.words_per_group * first;
    Program program(job, plan, parameters, penalties, table);
    program.run();
    const int part = threadIdx.x % Program::lanes;
    const int pair = part == 0 ? pairs[0] : pairs[Program::parts - 1];
    if (part < Program::parts && pair >= 0) {
      const recurrence::PathResult path = program.result(part);
      store_path(batch, pair, path, program.ops_end(part));
    }
    __syncwarp();  // what was walked over is written anew
  }
}

}  // namespace anneal::align::cuda
