// What products begin and end with where cuBLASLt does not do it.
#pragma once

#include "array/gpu/gpu.h"

namespace anneal::array::cuda {

/// Writes the product's bias to each row of its C.
void write_bias(gpu::Gpu& gpu, const gpu::Product& product);

/// Values of the product's C that are below 0 become 0, and NaN stays. cuBLASLt does not say what its own does with
/// NaN.
void do_relu(gpu::Gpu& gpu, const gpu::Product& product);

}  // namespace anneal::array::cuda
