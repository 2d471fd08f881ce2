// What only a build with the CUDA toolkit has.
#pragma once

#include "device/cuda/runtime_api.h"

namespace anneal::device::cuda {

/// NVIDIA's runtime, which opens the driver at its first call; null in a build without CUDA.
RuntimeApi* toolkit_api();

}  // namespace anneal::device::cuda
