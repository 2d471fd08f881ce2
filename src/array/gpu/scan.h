// Sums of all elements so far, in a GPU's memory.
#pragma once

#include "array/gpu/gpu.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// As arrange::cumulative_sum(), but that floats are added up in an order that follows from the shape, and, where there
/// is no f64, in pairs of f32: there, sums that overflow f32 stay infinite. Throws Error(unavailable) of f64 there.
Values cumulative_sum(Gpu& gpu, const Strided& a, int axis);

}  // namespace anneal::array::gpu
