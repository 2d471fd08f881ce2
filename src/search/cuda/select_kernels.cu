#include "search/cuda/select_kernels.h"

namespace anneal::search::cuda {
namespace {

__global__ void count_scores(const ScoreTable table, std::uint32_t* bins) {
  __shared__ std::uint32_t counts[score_bins];
  for (unsigned bin = threadIdx.x; bin < score_bins; bin += blockDim.x) counts[bin] = 0;
  __syncthreads();
  const std::int32_t* const scores = table.scores + std::size_t{blockIdx.y} * table.targets;
  for (unsigned target = blockIdx.x * blockDim.x + threadIdx.x; target < table.targets;
       target += gridDim.x * blockDim.x) {
    atomicAdd(&counts[bin_of(scores[target])], 1u);
  }
  __syncthreads();
  for (unsigned bin = threadIdx.x; bin < score_bins; bin += blockDim.x) {
    if (counts[bin] > 0) atomicAdd(&bins[blockIdx.y * score_bins + bin], counts[bin]);
  }
}

__global__ void gather_hits(const ScoreTable table, Wanted* wanted, Hit* hits) {
  Wanted& own = wanted[blockIdx.y];
  const std::int32_t* const scores = table.scores + std::size_t{blockIdx.y} * table.targets;
  for (unsigned target = blockIdx.x * blockDim.x + threadIdx.x; target < table.targets;
       target += gridDim.x * blockDim.x) {
    const std::int32_t score = scores[target];
    if (score >= own.least) hits[own.first + atomicAdd(&own.count, 1u)] = {score, target};
  }
}

__global__ void list_overflowed(const Item* items, std::uint32_t count, std::int32_t* scores, Item* found,
                                std::int32_t* found_count) {
  const unsigned k = blockIdx.x * blockDim.x + threadIdx.x;
  if (k >= count || scores[items[k].target] != overflowed) return;
  scores[items[k].target] = 0;
  found[atomicAdd(found_count, 1)] = items[k];
}

__global__ void clear_scores(std::int32_t* scores, const std::uint32_t* targets, std::uint32_t count) {
  const unsigned k = blockIdx.x * blockDim.x + threadIdx.x;
  if (k < count) scores[targets[k]] = 0;
}

}  // namespace

const device::cuda::Kernel<ScoreTable, std::uint32_t*> count_scores_kernel{"count_scores", count_scores};
const device::cuda::Kernel<ScoreTable, Wanted*, Hit*> gather_hits_kernel{"gather_hits", gather_hits};
const device::cuda::Kernel<const Item*, std::uint32_t, std::int32_t*, Item*, std::int32_t*> list_overflowed_kernel{
    "list_overflowed", list_overflowed};
const device::cuda::Kernel<std::int32_t*, const std::uint32_t*, std::uint32_t> clear_scores_kernel{"clear_scores",
                                                                                                   clear_scores};

}  // namespace anneal::search::cuda
