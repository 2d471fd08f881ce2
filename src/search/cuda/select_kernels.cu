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

// Each block finds out for itself which score is the lowest.
__global__ void gather_hits(const ScoreTable table, const std::uint32_t* bins, std::uint32_t top, Selected* selected,
                            Hit* hits, std::uint32_t room) {
  __shared__ std::uint32_t own_bins[score_bins];
  __shared__ std::uint32_t sums[bin_groups];
  __shared__ std::int32_t least;
  Selected& own = selected[blockIdx.y];
  bins += std::size_t{blockIdx.y} * score_bins;
  hits += std::size_t{blockIdx.y} * room;
  for (unsigned group = threadIdx.x; group < bin_groups; group += blockDim.x) sums[group] = 0;
  __syncthreads();
  for (unsigned bin = threadIdx.x; bin < score_bins; bin += blockDim.x) {
    const std::uint32_t count = bins[bin];
    own_bins[bin] = count;
    if (count > 0) atomicAdd(&sums[bin / bins_per_group], count);
  }
  __syncthreads();
  if (threadIdx.x == 0) {
    least = lowest_wanted(own_bins, sums, own.least, top);
    if (blockIdx.x == 0) own.overflowed = own_bins[score_bins - 1];
  }
  __syncthreads();
  const std::int32_t* const scores = table.scores + std::size_t{blockIdx.y} * table.targets;
  for (unsigned target = blockIdx.x * blockDim.x + threadIdx.x; target < table.targets;
       target += gridDim.x * blockDim.x) {
    const std::int32_t score = scores[target];
    if (score < least) continue;
    const std::uint32_t place = atomicAdd(&own.count, 1u);
    if (place < room) hits[place] = {score, target};
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
const device::cuda::Kernel<ScoreTable, const std::uint32_t*, std::uint32_t, Selected*, Hit*, std::uint32_t>
    gather_hits_kernel{"gather_hits", gather_hits};
const device::cuda::Kernel<const Item*, std::uint32_t, std::int32_t*, Item*, std::int32_t*> list_overflowed_kernel{
    "list_overflowed", list_overflowed};
const device::cuda::Kernel<std::int32_t*, const std::uint32_t*, std::uint32_t> clear_scores_kernel{"clear_scores",
                                                                                                   clear_scores};

}  // namespace anneal::search::cuda
