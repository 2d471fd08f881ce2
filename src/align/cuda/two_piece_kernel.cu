#include "align/cuda/two_piece_kernel.h"
#include "align/gpu/two_piece_group.h"

namespace anneal::align::cuda {
namespace {

using recurrence::TwoPieceParameters;

/// Groups take pairs in turns, so that a grid of any size does.
template <bool with_own>
__global__ void ANNEAL_LAUNCH_BOUNDS(two_piece_threads, 12)
    align_two_piece(const TwoPieceBatch batch, const TwoPieceParameters parameters) {
  constexpr int words = recurrence::extend_letters * recurrence::extend_row_words, lanes = 32;
  __shared__ recurrence::Word table[words];
  extern __shared__ int own_scores[];
  for (unsigned word = threadIdx.x; word < words; word += two_piece_threads) table[word] = batch.table[word];
  __syncthreads();

  const int group_of_block = static_cast<int>(threadIdx.x) / lanes;
  const int first = static_cast<int>(blockIdx.x) * two_piece_groups + group_of_block;
  const int groups = static_cast<int>(gridDim.x) * two_piece_groups;
  for (std::int64_t place = first; place < batch.pairs; place += groups) {
    const int pair = batch.order[place];
    const recurrence::TwoPieceJob job = two_piece_job(batch, parameters.wants_path, pair, first);
    int* const scores = with_own ? own_scores + group_of_block * batch.own_ints : reinterpret_cast<int*>(job.workspace);
    const recurrence::TwoPieceEnd end = run_two_piece(job, parameters, table, scores, with_own);
    if (threadIdx.x % lanes == 0) batch.results[pair] = end;
  }
}

}  // namespace

const TwoPieceKernel two_piece_kernel_with_own{"align_two_piece", align_two_piece<true>};
const TwoPieceKernel two_piece_kernel_in_workspace{"align_two_piece_in_workspace", align_two_piece<false>};

}  // namespace anneal::align::cuda
