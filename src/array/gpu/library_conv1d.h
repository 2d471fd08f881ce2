// Convolutions by a GPU's own library for products.
#pragma once

#include "array/gpu/gpu.h"
#include "array/linalg/conv1d_shape.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// Whether the library does it: of floats and so many kernels that it is worth writing down what each of their elements
/// sees. `kernels` are in row-major order; no size is 0. `c` gets the result, of that shape.
bool convolve_by_library(Gpu& gpu, const Strided& a, const Strided& kernels, const linalg::Steps& steps,
                         const Shape& shape, std::byte* c);

}  // namespace anneal::array::gpu
