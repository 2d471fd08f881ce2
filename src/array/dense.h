// New memory for results, and what shapes say about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "anneal/array.h"
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

/// Not initialised, aligned to 64 bytes. Throws Error(out_of_memory) that names the shape.
Dense new_dense(DType dtype, Shape shape);
/// Of zeros.
Dense new_zeros(DType dtype, Shape shape);

constexpr std::size_t bytes_of(DType dtype) {
  switch (dtype) {
    case DType::boolean:
    case DType::u8:
    case DType::i8:
      return 1;
    case DType::f16:
    case DType::bf16:
      return 2;
    case DType::i32:
    case DType::f32:
      return 4;
    case DType::i64:
    case DType::f64:
      break;
  }
  return 8;
}

/// Throws Error(invalid_argument) where the bytes of as many elements of 8 bytes overflow 63 bits.
std::int64_t count_of(const Shape& shape);
Shape row_major_strides(const Shape& shape);
/// "(2, 3)".
std::string text_of(const Shape& shape);
/// From 0 up, of one that may count from the end. Throws Error(invalid_argument) that names the operation.
int checked_axis(int axis, std::size_t axes, std::string_view operation);
/// NumPy's rule. Throws Error(invalid_argument) that names the operation and `a` and `b`.
Shape broadcast_shape(const Shape& a, const Shape& b, std::string_view operation);
/// A view with the leading axes that `shape` has more, and stride 0 where it is larger.
Strided broadcast_view(const Strided& a, const Shape& shape);

}  // namespace anneal::array
