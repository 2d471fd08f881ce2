// What products end with where cuBLASLt does not do it.
#pragma once

#include "array/gpu/gpu.h"

namespace anneal::array::cuda {

/// Writes the product's C from `sums`, dense and of `sums_dtype`: A B, or with its bias where `has_bias`. Adds the
/// bias otherwise, if there is one, and does relu, if it is asked for: values below 0 become 0, and NaN stays. cuBLASLt
/// does not say what its own does with NaN. `sums` may be C, of its dtype.
void finish(gpu::Gpu& gpu, const gpu::Product& product, const std::byte* sums, DType sums_dtype, bool has_bias);

}  // namespace anneal::array::cuda
