#include "align/cuda/extend_kernels.h"

#include "align/cuda/extend_kernel_tables.h"
#include "align/recurrence/extend_scores.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

void ExtendKernel::launch(device::cuda::Queue& queue, const ExtendBatch& batch,
                          const recurrence::ExtendParameters& parameters, unsigned blocks) const {
  ExtendBatch batch_argument = batch;
  recurrence::ExtendParameters parameters_argument = parameters;
  void* arguments[] = {&batch_argument, &parameters_argument};
  queue.launch(kernel, {.grid = {blocks}, .group = {static_cast<unsigned>(shape.threads)}}, arguments);
}

std::span<const ExtendKernel> extend_kernels(int letters) {
  return letters <= recurrence::few_letters ? extend_kernels_few() : extend_kernels_any();
}

}  // namespace anneal::align::cuda
