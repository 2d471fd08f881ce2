#include "align/cuda/end_kernel_tables.h"
#include "align/cuda/end_kernels.cuh"

namespace anneal::align::cuda {

std::span<const EndKernel> end_kernels_local_letters() {
  return end_kernels_of<ScoreKind::letters, local_letter_shapes>();
}

std::span<const EndKernel> end_kernels_undecided() { return end_kernels_of<ScoreKind::letters, undecided_shapes>(); }

}  // namespace anneal::align::cuda
