// Elements from one layout to another, in a GPU's memory.
#pragma once

#include "array/dense.h"
#include "array/gpu/gpu.h"
#include "array/strided.h"

namespace anneal::array::gpu {

/// All elements of `from` to the same places of `to`. Shapes and dtypes are equal, memory does not
/// overlap, and strides of `to` are not negative.
void copy(Gpu& gpu, const Strided& from, const MutableStrided& to);

/// A copy in row-major order.
Dense dense_copy(Gpu& gpu, const Strided& from);

/// Elements in row-major order without gaps: those that were given, or a copy.
struct RowMajor {
  Strided elements;
  std::shared_ptr<void> owner;  ///< of the copy
};
RowMajor row_major(Gpu& gpu, const Strided& from);

/// A view whose last axis is what was `axis`.
Strided with_last_axis(Strided a, int axis);
/// The opposite: a view whose last axis is `axis`.
Strided with_axis_back(Strided a, int axis);

}  // namespace anneal::array::gpu
