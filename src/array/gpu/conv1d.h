// Correlation along one axis, in a GPU's memory.
#pragma once

#include "array/gpu/gpu.h"
#include "array/linalg/conv1d_shape.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// As linalg::conv1d(). Throws Error(unavailable) of f64 where there is none.
Values conv1d(Gpu& gpu, const Strided& a, const Strided& kernels, const linalg::Steps& steps);

}  // namespace anneal::array::gpu
