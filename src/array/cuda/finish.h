// What products end with where cuBLASLt does not do it.
#pragma once

#include "array/gpu/gpu.h"

namespace anneal::array::cuda {

/// Writes the product's C from `sums`, dense and of `sums_dtype`: A B, or with its bias where `has_bias`. Adds the
/// bias otherwise, if there is one, and then applies the activation: cuBLASLt has relu and gelu only, of which it does
/// not say what they do with NaN, and the latter is an approximation. `sums` may be C, of its dtype.
void finish(gpu::Gpu& gpu, const gpu::Product& product, const std::byte* sums, DType sums_dtype, bool has_bias);

}  // namespace anneal::array::cuda
