// Several arrays as one, in a GPU's memory.
#pragma once

#include <span>

#include "array/gpu/gpu.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// As arrange::concatenate().
Values concatenate(Gpu& gpu, std::span<const Strided> parts, int axis);
/// As arrange::stack().
Values stack(Gpu& gpu, std::span<const Strided> parts, int axis);

}  // namespace anneal::array::gpu
