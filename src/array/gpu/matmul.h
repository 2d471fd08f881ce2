// Products of matrices and vectors in a GPU's memory.
#pragma once

#include "array/backend.h"
#include "array/gpu/gpu.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// As linalg::matmul(): by the GPU's library where it takes the operands, else by kernels. Throws Error(unavailable) of
/// f64 where there is none.
Values matmul(Gpu& gpu, const Strided& a, const Strided& b, const ProductEpilogue& epilogue = {});

/// As linalg::dot(); of f32, f16 and bf16 in f64, or, where there is none, in pairs of f32.
Values dot(Gpu& gpu, const Strided& a, const Strided& b);

}  // namespace anneal::array::gpu
