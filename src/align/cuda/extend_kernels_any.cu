#include "align/cuda/extend_kernel_tables.h"
#include "align/cuda/extend_kernels.cuh"

namespace anneal::align::cuda {

std::span<const ExtendKernel> extend_kernels_any() { return extend_kernels_of<extend_any_shapes>(); }

}  // namespace anneal::align::cuda
