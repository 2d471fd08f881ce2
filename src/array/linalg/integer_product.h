// Products of matrices of integers, which wrap around, and of booleans: whether any pair of elements is true.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "array/linalg/blas.h"

namespace anneal::array::linalg {

/// c += a * b in all places of a row. T is unsigned: it is what signed integers are multiplied as.
template <class T>
void add_multiple(T* c, const T* b, T a, std::int64_t count) {
  if (a == T{0}) return;
  if constexpr (std::is_same_v<T, bool>) {
    for (std::int64_t k = 0; k < count; ++k) c[k] = c[k] | b[k];
  } else {
    for (std::int64_t k = 0; k < count; ++k) c[k] = static_cast<T>(c[k] + a * b[k]);
  }
}

/// c = a b. `b` is not transposed.
template <class T>
  requires std::is_integral_v<T>
void multiply(std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<T> a, Operand<T> b, T* c,
              std::int64_t c_stride) {
  static_assert(std::is_unsigned_v<T>);
  // A block of b stays in the cache while all rows go over it.
  constexpr std::int64_t block_inner = 64;
  constexpr std::int64_t block_columns = 2048 / sizeof(T);
  for (std::int64_t row = 0; row < rows; ++row) std::fill_n(c + row * c_stride, columns, T{0});
  for (std::int64_t first = 0; first < inner; first += block_inner) {
    const std::int64_t last = std::min(inner, first + block_inner);
    for (std::int64_t column = 0; column < columns; column += block_columns) {
      const std::int64_t count = std::min(block_columns, columns - column);
      for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t k = first; k < last; ++k) {
          add_multiple(c + row * c_stride + column, b.from(k, column).data, *a.from(row, k).data, count);
        }
      }
    }
  }
}

}  // namespace anneal::array::linalg
