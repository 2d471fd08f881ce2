#include "align/cuda/extend_kernel_tables.h"
#include "align/cuda/extend_kernels.cuh"

namespace anneal::align::cuda {

std::span<const ExtendKernel> extend_kernels_few() { return extend_kernels_of<extend_few_shapes>(); }

}  // namespace anneal::align::cuda
