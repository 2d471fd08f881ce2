#include "align/cuda/rows_end_kernel.h"

namespace anneal::align::cuda {
namespace {

/// Groups take pairs in turns, so that a grid of any size does.
__global__ void ANNEAL_LAUNCH_BOUNDS(rows_end_threads, 12)
    find_ends_by_rows(const RowsEndBatch batch, const recurrence::RowsEndParameters parameters) {
  constexpr int words = RowsEndProgram::Scores::table_words;
  __shared__ recurrence::Word table[words];
  for (unsigned word = threadIdx.x; word < words; word += rows_end_threads) table[word] = batch.table[word];
  __syncthreads();
  const int first = static_cast<int>(blockIdx.x * rows_end_groups + threadIdx.x / RowsEndProgram::lanes);
  const int groups = static_cast<int>(gridDim.x * rows_end_groups);
  for (int place = first; place < batch.pairs; place += groups) {
    const int pair = batch.order[place];
    const recurrence::RowsEndJob job = rows_end_job(batch, pair, first);
    const recurrence::EndCell end = RowsEndProgram(job, parameters, table).run();
    if (threadIdx.x % RowsEndProgram::lanes == 0) batch.results[pair] = end;
  }
}

}  // namespace

const device::cuda::Kernel<RowsEndBatch, recurrence::RowsEndParameters> rows_end_kernel{"find_ends_by_rows",
                                                                                        find_ends_by_rows};

}  // namespace anneal::align::cuda
