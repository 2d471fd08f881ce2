#include "array/dense.h"

#include <fmt/core.h>

#include <cstring>
#include <utility>

#include "anneal/error.h"
#include "array/allocate.h"

namespace anneal::array {

Dense new_dense(DType dtype, Shape shape) {
  checked_count(shape, dtype);
  Allocated allocated = allocate(dtype, std::move(shape));
  const Strided& elements = allocated.values.elements;
  return {{allocated.data, dtype, elements.shape, elements.strides},
          std::const_pointer_cast<void>(allocated.values.owner)};
}

Dense new_zeros(DType dtype, Shape shape) {
  Dense zeros = new_dense(dtype, std::move(shape));
  std::memset(zeros.elements.data, 0, static_cast<std::size_t>(count_of(zeros.elements.shape)) * size_of(dtype));
  return zeros;
}

Shape broadcast_shape(const Shape& a, const Shape& b, std::string_view operation) try {
  return broadcast(a, b);
} catch (const Error& error) {
  throw Error(error.code(), fmt::format("{}: {}", operation, error.what()));
}

Strided broadcast_view(const Strided& a, const Shape& shape) {
  Strided view{a.data, a.dtype, shape, Shape(shape.size(), 0)};
  const std::size_t first = shape.size() - a.shape.size();
  for (std::size_t axis = 0; axis < a.shape.size(); ++axis) {
    view.strides[first + axis] = a.shape[axis] == 1 ? 0 : a.strides[axis];
  }
  return view;
}

}  // namespace anneal::array
