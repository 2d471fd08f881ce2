#include "align/cuda/end_kernels.h"

#include "align/cuda/end_kernel_tables.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

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
