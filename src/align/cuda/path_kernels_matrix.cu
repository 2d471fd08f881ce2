#include "align/cuda/path_kernel_tables.h"
#include "align/cuda/path_kernels.cuh"

namespace anneal::align::cuda {

std::span<const PathKernel> path_kernels_matrix() { return path_kernels_of<ScoreKind::matrix, matrix_path_shapes>(); }

std::span<const PathKernel> path_kernels_banded() { return path_kernels_of<ScoreKind::matrix, banded_path_shapes>(); }

}  // namespace anneal::align::cuda
