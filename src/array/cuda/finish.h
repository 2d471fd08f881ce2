// What products end with where cuBLASLt does not do it.
#pragma once

#include "array/gpu/gpu.h"

namespace anneal::array::cuda {

/// Adds the product's bias to what it has computed, unless that has it already or there is none; then does relu, if it
/// is asked for: values below 0 become 0, and NaN stays. cuBLASLt does not say what its own does with NaN.
void finish(gpu::Gpu& gpu, const gpu::Product& product, bool has_bias_already);

}  // namespace anneal::array::cuda
