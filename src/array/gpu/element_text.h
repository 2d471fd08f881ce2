// Types of elements in kernels.
#pragma once

#include <string>

#include "anneal/array.h"

namespace anneal::array::gpu {

/// `Bits`: an unsigned integer as large as an element of `dtype`, for kernels that only move elements.
std::string bits_text(DType dtype);

/// `Element`; `Computed`, the type that it is computed in: u32 or u64 of integers, which wrap around, u32 of booleans,
/// f32 of f16 and bf16; and the functions `computed(Element)` and `stored(Computed)`, which gives true for all but 0.
std::string element_text(DType dtype);

/// `sizeof(Computed)`.
std::size_t computed_bytes(DType dtype);

}  // namespace anneal::array::gpu
