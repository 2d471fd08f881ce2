// Copies whose elements are neighbours along one axis in one array, and along another in the other.
#pragma once

#include "array/gpu/axes.h"
#include "array/gpu/extent.h"
#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

/// Copies elements of `bytes` each by tiles of two of the joined axes, whose strides are those of `from` and of `to`.
/// False, and nothing happens, where no two axes are worth it.
bool copy_by_tiles(Gpu& gpu, const Axes& axes, const Extent& from, std::byte* to, DType dtype);

}  // namespace anneal::array::gpu
