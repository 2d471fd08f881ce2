// New memory of a GPU for results.
#pragma once

#include "array/dense.h"
#include "array/gpu/gpu.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// In row-major order, not initialised. Throws Error(invalid_argument) where the bytes overflow 63 bits, and
/// Error(out_of_memory).
Dense new_dense(Gpu& gpu, DType dtype, Shape shape);

/// Elements in the GPU's memory, and what keeps them.
Values values_of(Gpu& gpu, const Dense& dense);

/// Memory for kernels' own use: `count` elements of `bytes` each.
std::shared_ptr<std::byte> scratch(Gpu& gpu, std::int64_t count, std::size_t bytes);

/// Throws Error(unavailable) where the GPU cannot compute with elements of `dtype`, as Metal with f64.
void check_arithmetic(const Gpu& gpu, DType dtype, const char* operation);

}  // namespace anneal::array::gpu
