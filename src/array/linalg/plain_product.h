// Products of floats without BLAS: what it is compared with.
#pragma once

#include <cstdint>
#include <type_traits>

#include "array/linalg/blas.h"
#include "array/linalg/integer_product.h"

namespace anneal::array::linalg {

enum class ProductsBy : std::uint8_t { blas, plain_loops };

/// c = a b, of rows x inner and inner x columns; each element is added up in double.
template <class T>
void multiply_plainly(std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<T> a, Operand<T> b, T* c,
                      std::int64_t c_stride);

/// The same, by either; integers have one way only.
template <class T>
void multiply(ProductsBy by, std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<T> a, Operand<T> b,
              T* c, std::int64_t c_stride) {
  if constexpr (std::is_floating_point_v<T>) {
    if (by == ProductsBy::plain_loops) return multiply_plainly(rows, columns, inner, a, b, c, c_stride);
  }
  multiply(rows, columns, inner, a, b, c, c_stride);
}

}  // namespace anneal::array::linalg
