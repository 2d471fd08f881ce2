// Elements by their size, in a GPU's memory.
#pragma once

#include <cstdint>

#include "array/arrange/order.h"
#include "array/gpu/gpu.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// As arrange::sort().
Values sort(Gpu& gpu, const Strided& a, int axis);
/// As arrange::argsort().
Values argsort(Gpu& gpu, const Strided& a, int axis);
/// As arrange::top_k().
arrange::Top top_k(Gpu& gpu, const Strided& a, std::int64_t count, int axis);

}  // namespace anneal::array::gpu
