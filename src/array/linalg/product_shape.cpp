#include "array/linalg/product_shape.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "array/dense.h"
#include "array/linalg/blas.h"

namespace anneal::array::linalg {
namespace {

[[noreturn]] void refuse(const Shape& a, const Shape& b, const char* why) {
  throw Error(ErrorCode::invalid_argument, fmt::format("matmul: shapes {} and {}: {}", text_of(a), text_of(b), why));
}

Shape batch_of(const Shape& shape) {
  return {shape.begin(), shape.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(shape.size(), 2))};
}

Shape with_matrix(Shape batch, std::int64_t rows, std::int64_t columns) {
  batch.push_back(rows);
  batch.push_back(columns);
  return batch;
}

}  // namespace

ProductShape product_shape(const Shape& a, const Shape& b) {
  if (a.empty() || b.empty()) refuse(a, b, "both need at least one axis; multiply by a number with multiply()");
  ProductShape shape;
  shape.rows = a.size() == 1 ? 1 : a[a.size() - 2];
  shape.inner = a.back();
  shape.columns = b.size() == 1 ? 1 : b.back();
  if (shape.inner != (b.size() == 1 ? b[0] : b[b.size() - 2])) {
    refuse(a, b, "the last size of the first must be the last but one of the second, or its only one");
  }
  if (std::max(shape.inner, shape.columns) > blas_limit) {
    refuse(a, b, "sizes of matrices must be below 2^31: cut the operands");
  }
  const Shape a_batch = batch_of(a);
  const Shape b_batch = batch_of(b);
  try {
    shape.batch = broadcast_shape(a_batch, b_batch, "matmul");
  } catch (const Error&) {
    refuse(a, b, "the sizes before the last two do not broadcast: they must be equal, or 1");
  }
  shape.result = shape.batch;
  if (a.size() > 1) shape.result.push_back(shape.rows);
  if (b.size() > 1) shape.result.push_back(shape.columns);
  return shape;
}

void check_epilogue(const ProductShape& shape, DType dtype, const Shape* bias, bool is_activated) {
  const Shape& result = shape.result;
  if (bias != nullptr && (bias->size() != 1 || result.empty() || bias->front() != result.back())) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("matmul: a bias of shape {} for a product of shape {}: give one axis, as long as its last one",
                    text_of(*bias), text_of(result)));
  }
  if ((bias != nullptr || is_activated) && dtype < DType::f16) {
    throw Error(ErrorCode::invalid_argument,
                "matmul: bias and activation are for products of floats: cast the operands");
  }
}

void check_dot(const Shape& a, const Shape& b) {
  if (a.size() == 1 && a == b) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("dot: shapes {} and {}: give two vectors of one length", text_of(a), text_of(b)));
}

Strided left_operand(const Strided& a, const ProductShape& shape) {
  return broadcast_view(a, with_matrix(shape.batch, shape.rows, shape.inner));
}

Strided right_operand(const Strided& b, const ProductShape& shape) {
  Strided matrix = b;
  if (b.shape.size() == 1) {
    matrix.shape.push_back(1);
    matrix.strides.push_back(1);
  }
  return broadcast_view(matrix, with_matrix(shape.batch, shape.inner, shape.columns));
}

void transpose_product(ProductShape& shape, Strided& a, Strided& b) {
  std::swap(shape.rows, shape.columns);
  std::swap(a, b);
  for (Strided* operand : {&a, &b}) {
    std::swap(operand->shape.back(), operand->shape[operand->shape.size() - 2]);
    std::swap(operand->strides.back(), operand->strides[operand->strides.size() - 2]);
  }
}

std::optional<FoldedProduct> folded_product(const ProductShape& shape, const Strided& a, const Strided& b) {
  const std::size_t batch_axes = shape.batch.size();
  if (batch_axes == 0 || std::ranges::any_of(b.strides.begin(), b.strides.end() - 2, [](auto s) { return s != 0; })) {
    return std::nullopt;
  }
  std::int64_t rows = 1;
  std::int64_t stride = 0;
  for (std::size_t axis = batch_axes + 1; axis-- > 0;) {
    if (a.shape[axis] == 1) continue;
    if (rows == 1) {
      stride = a.strides[axis];
    } else if (a.strides[axis] != stride * rows) {
      return std::nullopt;
    }
    rows *= a.shape[axis];
  }
  FoldedProduct folded{shape, a, b};
  folded.shape.batch.clear();
  folded.shape.rows = rows;
  folded.a.shape = {rows, shape.inner};
  folded.a.strides = {stride, a.strides.back()};
  folded.b.shape = {shape.inner, shape.columns};
  folded.b.strides = {b.strides.end() - 2, b.strides.end()};
  return folded;
}

}  // namespace anneal::array::linalg
