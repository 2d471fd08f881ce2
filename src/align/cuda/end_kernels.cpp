#include "align/cuda/end_kernels.h"

#include <algorithm>

#include "align/cuda/end_kernel_tables.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

std::int64_t EndKernel::borders_per_group(std::int64_t query_length, std::int64_t target_length) const {
  if (shape.one_strip && !shape.keeps_checkpoints()) return 0;
  const std::int64_t strips = (query_length + shape.height() - 1) / shape.height();
  const std::int64_t rows_per_strip = shape.keeps_checkpoints() ? shape.lanes / shape.checkpoint_lanes : 1;
  const bool keeps_all_rows = shape.keeps_checkpoints() || (shape.form.local && shape.form.unit == 1);
  return (target_length + 3) / 4 * 4 * (keeps_all_rows ? std::max<std::int64_t>(strips * rows_per_strip - 1, 0) : 2);
}

void EndKernel::launch(device::cuda::Queue& queue, const EndBatch& batch, const recurrence::EndParameters& parameters,
                       unsigned blocks) const {
  EndBatch batch_argument = batch;
  recurrence::EndParameters parameters_argument = parameters;
  void* arguments[] = {&batch_argument, &parameters_argument};
  queue.launch(kernel, {.grid = {blocks}, .group = {static_cast<unsigned>(shape.threads)}}, arguments);
}

std::span<const EndKernel> end_kernels(bool local, ScoreKind scores) {
  switch (scores) {
    case ScoreKind::letters:
      return local ? end_kernels_local_letters() : end_kernels_global_letters();
    case ScoreKind::matrix:
      return local ? end_kernels_local_matrix() : end_kernels_global_matrix();
  }
  return {};
}

const EndKernel& undecided_end_kernel() { return end_kernels_undecided().front(); }

}  // namespace anneal::align::cuda
