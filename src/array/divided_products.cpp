#include "array/divided_products.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "anneal/array_ops.h"
#include "anneal/error.h"
#include "array/backends.h"
#include "array/cpu/backend.h"
#include "array/divided.h"
#include "array/elementwise_functions.h"
#include "array/linalg/conv1d_shape.h"
#include "array/linalg/product_shape.h"
#include "array/of_values.h"

namespace anneal::array {
namespace {

// Axes are counted as those of `box` from the last one of a batch on; what is repeated stays whole.
void cut_batch(Box& operand, const Shape& shape, const Box& box, std::size_t batch_axes) {
  const std::size_t axes = shape.size() < 2 ? 0 : shape.size() - 2;
  for (std::size_t axis = 0; axis < axes; ++axis) {
    if (shape[axis] != 1) operand[axis] = box[batch_axes - axes + axis];
  }
}

std::vector<Array> product_part(const ProductOperands& operands, std::size_t batch_axes, const Box& box) {
  Box left = whole(operands.a.shape());
  Box right = whole(operands.b.shape());
  cut_batch(left, operands.a.shape(), box, batch_axes);
  cut_batch(right, operands.b.shape(), box, batch_axes);
  if (left.size() > 1) left[left.size() - 2] = box[batch_axes];
  if (right.size() > 1) right.back() = box.back();
  std::vector<Array> parts{part_of(operands.a, left), part_of(operands.b, right)};
  if (operands.bias) parts.push_back(part_of(*operands.bias, {box.back()}));
  return parts;
}

Array product_in_parts(Backend& backend, const ProductOperands& operands) {
  const linalg::ProductShape shape = linalg::product_shape(operands.a.shape(), operands.b.shape());
  const Divided divided{.shape = shape.result,
                        .dtypes = {operands.a.dtype()},
                        .operands = [&](const Box& box) { return product_part(operands, shape.batch.size(), box); },
                        .compute =
                            [&](std::span<const Array> parts, const Box&) {
                              ProductEpilogue epilogue{.activation = operands.activation};
                              if (parts.size() > 2) epilogue.bias = elements_of(parts[2], backend.memory());
                              return std::vector{backend.matmul(elements_of(parts[0], backend.memory()),
                                                                elements_of(parts[1], backend.memory()), epilogue)};
                            }};
  return of_values(std::move(compute(divided, *backend.memory()).front()));
}

Array half_of(const Array& a, std::size_t axis, bool is_second) {
  Box box = whole(a.shape());
  (is_second ? box[axis].first : box[axis].last) = box[axis].size() / 2;
  return part_of(a, box);
}

// By halves of the inner axis.
Array inner_sum(Backend& backend, const ProductOperands& operands) {
  const DType dtype = operands.a.dtype();
  const DType wide = dtype == DType::f16 || dtype == DType::bf16 ? DType::f32 : dtype;
  const Shape& right = operands.b.shape();
  std::vector<Array> halves;
  for (const bool is_second : {false, true}) {
    const Array a = cast(half_of(operands.a, operands.a.shape().size() - 1, is_second), wide);
    const Array b = cast(half_of(operands.b, right.size() < 2 ? 0 : right.size() - 2, is_second), wide);
    halves.push_back(divided_product(backend, {a, b}));
    backend.wait();  // until then it holds the operands
  }
  Array sum = add(halves[0], halves[1]);
  if (operands.bias) sum = add(sum, cast(*operands.bias, wide));
  if (operands.activation) sum = function_of_one(*operands.activation)(sum);
  return cast(sum, dtype).evaluate();
}

// Elements that positions first .. last - 1 see, and zeros where they see none.
Array signal_of(const Array& a, const Interval& batch, const Interval& positions, std::int64_t width,
                const linalg::Steps& steps) {
  const std::int64_t length = a.shape()[2];
  const std::int64_t first = positions.first * steps.stride - steps.padding;
  const std::int64_t last = (positions.last - 1) * steps.stride + steps.dilation * (width - 1) + 1 - steps.padding;
  const Interval inside{std::clamp<std::int64_t>(first, 0, length), std::clamp<std::int64_t>(last, 0, length)};
  Array seen = part_of(a, {batch, {0, a.shape()[1]}, inside});
  const std::int64_t before = std::min<std::int64_t>(last, 0) - std::min<std::int64_t>(first, 0);
  const std::int64_t behind = std::max(last, length) - std::max(first, length);
  if (before == 0 && behind == 0) return seen;
  const auto zeros = [&](std::int64_t count) { return Array::zeros({batch.size(), a.shape()[1], count}, a.dtype()); };
  const UseBackend host(cpu::vector_backend());
  const Array parts[] = {zeros(before), seen, zeros(behind)};
  return concatenate(parts, 2);
}

}  // namespace

Array divided_product(Backend& backend, const ProductOperands& operands) {
  try {
    return product_in_parts(backend, operands);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::out_of_memory || operands.a.shape().back() < 2) throw;
  }
  return inner_sum(backend, operands);
}

Array divided_conv1d(Backend& backend, const Array& a, const Array& kernels, const linalg::Steps& steps) {
  const Shape shape = linalg::conv1d_shape(a.shape(), kernels.shape(), steps);
  const auto sees_all = [&](const Box& box) { return box[2] == Interval{0, shape[2]}; };
  const Divided divided{
      .shape = shape,
      .dtypes = {a.dtype()},
      .operands =
          [&](const Box& box) {
            const Array signal = sees_all(box) ? part_of(a, {box[0], {0, a.shape()[1]}, {0, a.shape()[2]}})
                                               : signal_of(a, box[0], box[2], kernels.shape()[2], steps);
            return std::vector{signal, part_of(kernels, {box[1], {0, kernels.shape()[1]}, {0, kernels.shape()[2]}})};
          },
      .compute =
          [&](std::span<const Array> parts, const Box& box) {
            linalg::Steps own = steps;
            if (!sees_all(box)) own.padding = 0;
            return std::vector{
                backend.conv1d(elements_of(parts[0], backend.memory()), elements_of(parts[1], backend.memory()), own)};
          }};
  return of_values(std::move(compute(divided, *backend.memory()).front()));
}

}  // namespace anneal::array
