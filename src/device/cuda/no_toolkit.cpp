// Stands in for toolkit.cpp and the kernels in builds without CUDA.
#include "device/cuda/self_check.h"
#include "device/cuda/toolkit.h"

namespace anneal::device::cuda {

RuntimeApi* toolkit_api() { return nullptr; }

const FillKernel fill_kernel{"fill", nullptr};
const TransposeKernel transpose_kernel{"transpose", nullptr};

}  // namespace anneal::device::cuda
