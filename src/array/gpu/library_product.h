// Products by a GPU's own library.
#pragma once

#include "array/backend.h"
#include "array/gpu/gpu.h"
#include "array/linalg/product_shape.h"

namespace anneal::array::gpu {

/// Whether the library does it, of operands as product_shape.h views them and no size 0: it is for floats whose
/// matrices have rows or columns without gaps.
bool multiply_by_library(Gpu& gpu, const linalg::ProductShape& shape, const Strided& a, const Strided& b,
                         const ProductEpilogue& epilogue, std::byte* c);

}  // namespace anneal::array::gpu
