// An NVIDIA GPU, for arrays. This header compiles without the CUDA toolkit.
#pragma once

#include <memory>
#include <string>

#include "array/gpu/gpu.h"
#include "device/cuda/runtime.h"

namespace anneal::array::cuda {

/// Device `ordinal` of `runtime`, as the backend `name`. Throws RuntimeError where it cannot be used, and
/// Error(unavailable) where there is no NVRTC to compile kernels.
std::unique_ptr<gpu::Gpu> open_gpu(device::cuda::Runtime& runtime, int ordinal, std::string name);

}  // namespace anneal::array::cuda
