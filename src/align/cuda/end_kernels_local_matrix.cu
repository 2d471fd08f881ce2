#include "align/cuda/end_kernel_tables.h"
#include "align/cuda/end_kernels.cuh"

namespace anneal::align::cuda {

std::span<const EndKernel> end_kernels_local_matrix() {
  return end_kernels_of<ScoreKind::matrix, local_matrix_shapes>();
}

}  // namespace anneal::align::cuda
