#include "array/linalg/matrices.h"

#include "array/copy.h"

namespace anneal::array::linalg {
namespace {

// Whether rows of `columns` elements, `stride` apart, are what BLAS calls a matrix.
bool are_rows(std::int64_t rows, std::int64_t columns, std::int64_t stride, std::int64_t step) {
  return (columns == 1 || step == 1) && (rows == 1 || (stride >= columns && stride <= blas_limit));
}

bool set_layout(Matrices& matrices, Layouts layouts) {
  const Shape& shape = matrices.elements.shape;
  const Shape& strides = matrices.elements.strides;
  const std::size_t row_axis = shape.size() - 2;
  const std::int64_t rows = shape[row_axis];
  const std::int64_t columns = shape[row_axis + 1];
  if (are_rows(rows, columns, strides[row_axis], strides[row_axis + 1])) {
    matrices.stride = rows == 1 ? columns : strides[row_axis];
    matrices.is_transposed = false;
    return true;
  }
  if (layouts == Layouts::any && are_rows(columns, rows, strides[row_axis + 1], strides[row_axis])) {
    matrices.stride = columns == 1 ? rows : strides[row_axis + 1];
    matrices.is_transposed = true;
    return true;
  }
  return false;
}

// Axes along which all elements are the same memory have size 1 afterwards.
Strided without_repeats(Strided elements) {
  for (std::size_t axis = 0; axis + 2 < elements.shape.size(); ++axis) {
    if (elements.strides[axis] == 0) elements.shape[axis] = 1;
  }
  return elements;
}

}  // namespace

Matrices as_matrices(const Strided& elements, DType dtype, Layouts layouts) {
  Matrices matrices{.elements = elements, .owner = nullptr};
  if (elements.dtype == dtype && set_layout(matrices, layouts)) return matrices;
  const Dense dense = dense_copy(without_repeats(elements), dtype);
  matrices = {.elements = broadcast_view(dense.view(), elements.shape), .owner = dense.owner};
  // The strides of axes with one place do not matter here, and broadcasting has made them 0.
  set_layout(matrices, layouts);
  return matrices;
}

}  // namespace anneal::array::linalg
