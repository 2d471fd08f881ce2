#include "align/cuda/path_kernel_tables.h"
#include "align/cuda/path_kernels.cuh"

namespace anneal::align::cuda {

std::span<const PathKernel> path_kernels_letters() { return path_kernels_of<ScoreKind::letters, letter_path_shapes>(); }

}  // namespace anneal::align::cuda
