// The memory that elements are in.
#pragma once

#include <cstddef>
#include <cstdint>

#include "array/strided.h"

namespace anneal::array::gpu {

/// Kernels must not read before the address that they are given, so it is that of the lowest element.
struct Extent {
  const std::byte* lowest;
  std::int64_t start;  ///< the place of the element whose places are all 0, in elements after the lowest
};

/// Of at least one element.
inline Extent extent_of(const Strided& a) {
  std::int64_t start = 0;
  for (std::size_t axis = 0; axis < a.shape.size(); ++axis) {
    if (a.strides[axis] < 0) start -= (a.shape[axis] - 1) * a.strides[axis];
  }
  return {a.data - start * static_cast<std::int64_t>(size_of(a.dtype)), start};
}

}  // namespace anneal::array::gpu
