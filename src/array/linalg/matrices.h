// Operands of a product as BLAS takes them.
#pragma once

#include <memory>

#include "array/dense.h"
#include "array/linalg/blas.h"

namespace anneal::array::linalg {

enum class Layouts : bool {
  row_major,  ///< rows without gaps between elements
  any,        ///< or columns
};

/// A stack of matrices, the last two axes of `elements`, of which each can be an Operand. It is what was given, or a
/// copy where strides or the dtype are not what BLAS takes.
struct Matrices {
  Strided elements;
  std::shared_ptr<void> owner;  ///< of the copy
  std::int64_t stride = 1;
  bool is_transposed = false;

  /// Of the one that begins `offset` elements after the first.
  template <class T>
  Operand<T> operand(std::int64_t offset) const {
    return {reinterpret_cast<const T*>(elements.data) + offset, stride, is_transposed};
  }
};

/// No size may be 0. `dtype` is that of the elements, or f32 if they are f16 or bf16.
Matrices as_matrices(const Strided& elements, DType dtype, Layouts layouts);

}  // namespace anneal::array::linalg
