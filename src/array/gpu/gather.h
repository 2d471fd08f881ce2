// Elements by their places, in a GPU's memory.
#pragma once

#include "array/gpu/gpu.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// As arrange::gather(). Waits for the GPU, to see whether all indices are in range.
Values gather(Gpu& gpu, const Strided& a, const Strided& indices, int axis);

}  // namespace anneal::array::gpu
