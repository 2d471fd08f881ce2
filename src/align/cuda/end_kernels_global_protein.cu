#include "align/cuda/end_kernel_tables.h"
#include "align/cuda/end_kernels.cuh"

namespace anneal::align::cuda {

std::span<const EndKernel> end_kernels_global_protein() {
  return end_kernels_of<ScoreKind::matrix_protein, global_matrix_shapes>();
}

}  // namespace anneal::align::cuda
