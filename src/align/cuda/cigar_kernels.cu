// The kernels before and after those that fill matrices: paths that the letters tell, and CIGARs in input order.
#include "align/cuda/cigar_group.h"
#include "align/cuda/path_kernel.cuh"
#include "align/cuda/path_kernel_tables.h"

namespace anneal::align::cuda {
namespace {

using recurrence::PathParameters;
using recurrence::Word;

/// The sum over the threads before this one, of a block whose size is `threads`. `total`: over all of them.
template <int threads, class Sum>
__device__ Sum sum_before(Sum value, Sum& total) {
  constexpr int warps = threads / 32;
  __shared__ Sum sums[warps];
  const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  Sum upto = value;
  for (int distance = 1; distance < 32; distance *= 2) {
    const Sum other = recurrence::from_below(recurrence::PerLane<Sum, 32>{upto}, distance).own;
    if (lane >= distance) upto += other;
  }
  if (lane == 31) sums[warp] = upto;
  __syncthreads();
  Sum before = 0;
  total = 0;
  for (int other = 0; other < warps; ++other) {
    if (other < warp) before += sums[other];
    total += sums[other];
  }
  __syncthreads();
  return before + upto - value;
}

/// Pairs that are left out stay neighbours, as those of a block get their places at once.
__global__ void __launch_bounds__(cigar_threads)
    ungapped_paths(const PathBatch batch, const PathParameters parameters) {
  const std::int64_t place = std::int64_t{blockIdx.x} * cigar_threads + threadIdx.x;
  const bool is_left = place < pairs_of(batch) && !find_ungapped_path(batch, parameters, place);
  int total;
  const int before = sum_before<cigar_threads, int>(is_left ? 1 : 0, total);
  __shared__ int first;
  if (threadIdx.x == 0) first = atomicAdd(batch.left_out_count, total);
  __syncthreads();
  if (is_left) batch.left_out[first + before] = batch.order[place];
}

__global__ void __launch_bounds__(cigar_threads) sum_ops(const PathEntry* entries, const CigarBatch cigars) {
  const std::int64_t pair = std::int64_t{blockIdx.x} * cigar_threads + threadIdx.x;
  unsigned long long total;
  sum_before<cigar_threads, unsigned long long>(pair < cigars.pairs ? entries[pair].ops : 0, total);
  if (threadIdx.x == 0) cigars.block_sums[blockIdx.x] = total;
}

/// Makes of every block's sum that of the blocks before it.
__global__ void __launch_bounds__(add_up_threads) add_up(const CigarBatch cigars) {
  const std::int64_t blocks = (std::int64_t{cigars.pairs} + cigar_threads - 1) / cigar_threads;
  unsigned long long before = 0;
  for (std::int64_t first = 0; first < blocks; first += add_up_threads) {
    const std::int64_t block = first + threadIdx.x;
    unsigned long long total;
    const unsigned long long sum = block < blocks ? cigars.block_sums[block] : 0;
    const unsigned long long within = sum_before<add_up_threads>(sum, total);
    if (block < blocks) cigars.block_sums[block] = before + within;
    before += total;
  }
  if (threadIdx.x == 0) *cigars.total = before;
}

__global__ void __launch_bounds__(cigar_threads)
    gather_cigars(const PathBatch batch, const PathParameters parameters, const CigarBatch cigars) {
  const std::int64_t place = std::int64_t{blockIdx.x} * cigar_threads + threadIdx.x;
  const bool exists = place < cigars.pairs;
  const PathEntry entry = exists ? batch.entries[place] : PathEntry{-1, -1, 0, PathEntry::told_by_letters};
  unsigned int total;
  const std::uint64_t offset = cigars.block_sums[blockIdx.x] + sum_before<cigar_threads>(entry.ops, total);
  if (!exists) return;
  gather_cigar(batch, parameters, static_cast<int>(place), entry, cigars, offset);
}

/// By four words, as large writes are what a bus is fast at.
__global__ void __launch_bounds__(cigar_threads) send_cigars(const CigarBatch cigars, Word* to) {
  const std::uint64_t all = *cigars.total, words = all <= cigars.ops_room ? all : 0;
  const std::uint64_t fours = words / 4, threads = std::uint64_t{gridDim.x} * cigar_threads;
  const std::uint64_t first = std::uint64_t{blockIdx.x} * cigar_threads + threadIdx.x;
  for (std::uint64_t four = first; four < fours; four += threads) {
    reinterpret_cast<uint4*>(to)[four] = reinterpret_cast<const uint4*>(cigars.ops)[four];
  }
  if (first < words % 4) to[4 * fours + first] = cigars.ops[4 * fours + first];
}

}  // namespace

const device::cuda::Kernel<PathBatch, PathParameters> ungapped_paths_kernel{"ungapped_paths", ungapped_paths};
const device::cuda::Kernel<const PathEntry*, CigarBatch> sum_ops_kernel{"sum_ops", sum_ops};
const device::cuda::Kernel<CigarBatch> add_up_kernel{"add_up", add_up};
const device::cuda::Kernel<PathBatch, PathParameters, CigarBatch> gather_cigars_kernel{"gather_cigars", gather_cigars};
const device::cuda::Kernel<CigarBatch, Word*> send_cigars_kernel{"send_cigars", send_cigars};

}  // namespace anneal::align::cuda
