// Memory for results, in a GPU's memory.
#pragma once

#include "array/gpu/gpu.h"
#include "array/nest.h"
#include "array/strided.h"

namespace anneal::array::gpu {

struct Result {
  std::byte* data;
  Values values;
};

/// In row-major order, not initialised. Throws Error(out_of_memory).
Result make_result(DType dtype, const Shape& shape, Gpu& gpu);

/// Puts the axes of `elements` in the order that `nest` has, whose axis k is axis `axis_of(origin)` of them.
template <class AxisOf>
void order_as(const Nest& nest, Strided& elements, const AxisOf& axis_of) {
  std::int64_t stride = 1;
  for (std::size_t k = nest.axes.size(); k-- > 0;) {
    elements.strides[static_cast<std::size_t>(axis_of(nest.axes[k].origin))] = stride;
    stride *= nest.axes[k].size;
  }
}

}  // namespace anneal::array::gpu
