#include <memory>
#include <numeric>
#include <vector>

#include "anneal/array_ops.h"
#include "array/cpu/tile_kernels.h"
#include "array/linalg/conv1d.h"
#include "array/linalg/matmul.h"
#include "array/node.h"
#include "array/of_values.h"

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

Array float_product(const Array& a, const Array& b, const MatmulOptions& options, DType dtype) {
  array::linalg::ProductOptions raw;
  Array bias;
  if (options.bias) {
    bias = as(*options.bias, dtype);
    raw.bias = elements_of(bias);
  }
  if (options.activation != Activation::none) {
    const auto op = static_cast<std::size_t>(activator(options.activation).op);
    raw.activation = array::cpu::tile_kernels().ops[op][static_cast<std::size_t>(array::cpu::kind_of(dtype))];
  }
  return of_values(array::linalg::matmul(elements_of(a), elements_of(b), raw));
}

Array other_product(const Array& a, const Array& b, const MatmulOptions& options) {
  Array result = of_values(array::linalg::matmul(elements_of(a), elements_of(b)));
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
  return of_values(
      array::linalg::conv1d(elements_of(left), elements_of(right),
                            {.stride = options.stride, .padding = options.padding, .dilation = options.dilation}));
}

}  // namespace anneal
