// The activation that products may end with.
#pragma once

#include <cstdint>

#include "array/gpu/gpu.h"

namespace anneal::array::cuda {

/// Values below 0 become 0, and NaN stays: cuBLASLt does not say what its own does with NaN. `dtype` is a float's.
void rectify(gpu::Gpu& gpu, std::byte* values, DType dtype, std::int64_t count);

}  // namespace anneal::array::cuda
