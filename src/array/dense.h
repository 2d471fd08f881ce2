// New memory for results, and what shapes say about it.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "anneal/array.h"
#include "array/shape.h"
#include "array/strided.h"

namespace anneal::array {

/// Elements in row-major order that nobody else has yet.
struct Dense {
  MutableStrided elements;
  std::shared_ptr<void> owner;

  template <class T>
  T* data() const {
    return reinterpret_cast<T*>(elements.data);
  }
  Strided view() const { return {elements.data, elements.dtype, elements.shape, elements.strides}; }
  Values values() const { return {view(), owner}; }
};

/// Not initialised, as allocate() gives it. Throws Error(invalid_argument) where the bytes overflow 63 bits.
Dense new_dense(DType dtype, Shape shape);
/// Of zeros.
Dense new_zeros(DType dtype, Shape shape);

/// As broadcast(), in an error that names the operation.
Shape broadcast_shape(const Shape& a, const Shape& b, std::string_view operation);
/// A view with the leading axes that `shape` has more, and stride 0 where it is larger.
Strided broadcast_view(const Strided& a, const Shape& shape);

}  // namespace anneal::array
