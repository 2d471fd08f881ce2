#include <memory>
#include <numeric>
#include <optional>
#include <vector>

#include "anneal/array_ops.h"
#include "array/choice.h"
#include "array/divided_products.h"
#include "array/linalg/conv1d_shape.h"
#include "array/linalg/product_shape.h"
#include "array/node.h"
#include "array/of_values.h"
#include "array/shape.h"

namespace anneal {
namespace {

using array::elements_of;
using array::of_values;

struct Activator {
  array::Op op;
  Array (*apply)(const Array&);
};

// Of one that is not none.
Activator activator(Activation activation) {
  switch (activation) {
    case Activation::gelu:
      return {array::Op::gelu, gelu};
    case Activation::sigmoid:
      return {array::Op::sigmoid, sigmoid};
    case Activation::silu:
      return {array::Op::silu, silu};
    case Activation::none:
    case Activation::relu:
      break;
  }
  return {array::Op::relu, relu};
}

Array as(const Array& a, DType dtype) { return a.dtype() == dtype ? a : cast(a, dtype); }

// Elements of the result.
double count_of_product(const Array& a, const Array& b) {
  // Those that broadcast may have more than either.
  if (a.axes() > 2 || b.axes() > 2) {
    return static_cast<double>(array::count_of(array::linalg::product_shape(a.shape(), b.shape()).result));
  }
  const double rows = a.axes() < 2 ? 1 : static_cast<double>(a.shape().front());
  return b.axes() < 2 ? rows : rows * static_cast<double>(b.shape().back());
}

array::Work work_of(const Array& a, const Array& b) {
  const double count = count_of_product(a, b);
  const double inner = a.shape().empty() ? 0 : static_cast<double>(a.shape().back());
  const Array operands[] = {a, b};
  return array::work_of(array::Operation::matmul, a.dtype(), count * inner,
                        count * static_cast<double>(size_of(a.dtype())), operands);
}

Array product(const array::ProductOperands& operands) {
  return array::with_backend(work_of(operands.a, operands.b), [&](array::Backend& backend) {
    if (backend.memory() != nullptr) return array::divided_product(backend, operands);
    array::ProductEpilogue epilogue{.activation = operands.activation};
    if (operands.bias) epilogue.bias = elements_of(*operands.bias, nullptr);
    return of_values(backend.matmul(elements_of(operands.a, nullptr), elements_of(operands.b, nullptr), epilogue));
  });
}

Array float_product(const Array& a, const Array& b, const MatmulOptions& options, DType dtype) {
  array::ProductOperands operands{a, b};
  if (options.bias) operands.bias = as(*options.bias, dtype);
  if (options.activation != Activation::none) operands.activation = activator(options.activation).op;
  return product(operands);
}

Array other_product(const Array& a, const Array& b, const MatmulOptions& options) {
  Array result = product({a, b});
  if (options.bias) result = add(result, *options.bias);
  if (options.activation != Activation::none) result = activator(options.activation).apply(result);
  return result;
}

// (..., n, k) and (..., k, m) as (..., n, ..., m), by one product of all rows with each matrix.
Array dot_of_stacks(const Array& a, const Array& b) {
  Shape rows{-1, a.shape().back()};
  if (a.size() == 0)
    rows[0] = std::accumulate(a.shape().begin(), a.shape().end() - 1, std::int64_t{1}, std::multiplies{});
  const Array products = matmul(a.reshape(rows), b);  // (b's stack, a's rows, m)
  const int stack_axes = products.axes() - 2;
  std::vector<int> order{stack_axes};
  for (int axis = 0; axis < stack_axes; ++axis) order.push_back(axis);
  order.push_back(stack_axes + 1);
  Shape shape(a.shape().begin(), a.shape().end() - 1);
  shape.insert(shape.end(), b.shape().begin(), b.shape().end() - 2);
  shape.push_back(b.shape().back());
  return products.transpose(order).reshape(shape);
}

}  // namespace

Array matmul(const Array& a, const Array& b, const MatmulOptions& options) {
  const DType product_dtype = promoted(a.dtype(), b.dtype());
  const DType dtype = options.bias ? promoted(product_dtype, options.bias->dtype()) : product_dtype;
  const Array left = as(a, product_dtype);
  const Array right = as(b, product_dtype);
  const bool is_float = product_dtype >= DType::f16;
  if (is_float && dtype == product_dtype) return float_product(left, right, options, dtype);
  return other_product(left, right, options);
}

Array dot(const Array& a, const Array& b) {
  if (a.axes() == 0 || b.axes() == 0) return multiply(a, b);
  if (b.axes() <= 2) return matmul(a, b);
  return dot_of_stacks(a, b);
}

Array conv1d(const Array& a, const Array& kernels, const Conv1dOptions& options) {
  const DType dtype = promoted(a.dtype(), kernels.dtype());
  const Array left = as(a, dtype);
  const Array right = as(kernels, dtype);
  const array::linalg::Steps steps{.stride = options.stride, .padding = options.padding, .dilation = options.dilation};
  const Shape shape = array::linalg::conv1d_shape(left.shape(), right.shape(), steps);
  const auto count = static_cast<double>(array::count_of(shape));
  const double terms = static_cast<double>(right.shape()[1]) * static_cast<double>(right.shape()[2]);
  const Array operands[] = {left, right};
  const array::Work work = array::work_of(array::Operation::conv1d, dtype, count * terms,
                                          count * static_cast<double>(size_of(dtype)), operands);
  return array::with_backend(work, [&](array::Backend& backend) {
    if (backend.memory() != nullptr) return array::divided_conv1d(backend, left, right, steps);
    return of_values(backend.conv1d(elements_of(left, nullptr), elements_of(right, nullptr), steps));
  });
}

}  // namespace anneal
