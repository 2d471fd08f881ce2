#include "align/cuda/path_kernel_tables.h"
#include "align/cuda/path_kernels.cuh"

namespace anneal::align::cuda {

const PathKernel& path_kernel_from_checkpoints() {
  static const PathKernel kernel = checkpoint_path_kernel_of<ScoreKind::letters, checkpoint_path_shape>();
  return kernel;
}

}  // namespace anneal::align::cuda
