#include "array/samples.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "anneal/array_ops.h"
#include "array/backends.h"
#include "array/cpu/backend.h"
#include "array/dtype.h"
#include "array/lazy.h"
#include "array/shape.h"

namespace anneal::array {
namespace {

constexpr std::int64_t columns = 64;
constexpr std::int64_t kernel_width = 5;

// Of operand `seed`: the first three meet in all pairs of edges.
double edge(std::size_t k, std::uint32_t seed) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double edges[] = {0.0, -0.0, std::numeric_limits<double>::quiet_NaN(), infinity, -infinity, 1.0, -1.0, 0.5};
  const std::size_t step = seed == 1 ? 1 : seed == 2 ? 8 : 3;
  return edges[k / step % 8];
}

// Of f32, which any dtype is cast from.
Array random_floats(const Shape& shape, double least, double most, std::uint32_t seed, bool with_edges) {
  std::minstd_rand random(seed);
  std::vector<float> values(static_cast<std::size_t>(count_of(shape)));
  constexpr double scale = 1.0 / (std::minstd_rand::max() - std::minstd_rand::min());
  for (float& value : values) {
    value =
        static_cast<float>(least + (most - least) * scale * static_cast<double>(random() - std::minstd_rand::min()));
  }
  if (with_edges) {
    for (std::size_t k = 0; k < values.size() / 17; ++k) values[17 * k] = static_cast<float>(edge(k, seed));
  }
  return Array::from<float>(values, shape);
}

bool is_integer(DType dtype) { return !is_float(dtype); }

// Computed by what is right.
Array operand(Operation operation, DType dtype, const Shape& shape, std::uint32_t seed, bool with_edges) {
  const UseBackend use(cpu::scalar_backend());
  const bool has_edges = with_edges && is_float(dtype);
  double least = is_integer(dtype) && (dtype == DType::u8 || operation == operation_of(Op::power)) ? 0 : -4;
  double most = 4;
  if (operation == operation_of(Reduction::product)) {
    least = is_integer(dtype) ? 1 : 0.99;
    most = is_integer(dtype) ? 3 : 1.01;
  }
  if (dtype == DType::boolean) least = -1;
  Array values = random_floats(shape, least, most, seed, has_edges);
  if (dtype == DType::boolean) values = greater(values, Array(0.0));
  return cast(values, dtype).evaluate();
}

Array of_op(Op op, DType dtype, const std::vector<Array>& operands) {
  std::vector<std::shared_ptr<Node>> inputs;
  inputs.reserve(operands.size());
  for (const Array& operand : operands) inputs.push_back(operand.node());
  return elementwise(op, is_comparison(op) ? DType::boolean : dtype, std::move(inputs));
}

Array of_reduction(Reduction reduction, const Array& a, const Over& over) {
  const std::optional<int> axis = over.axes.empty() ? std::nullopt : std::optional<int>(over.axes.front());
  switch (reduction) {
    case Reduction::sum:
      return sum(a, over);
    case Reduction::product:
      return prod(a, over);
    case Reduction::minimum:
      return min(a, over);
    case Reduction::maximum:
      return max(a, over);
    case Reduction::any:
      return any(a, over);
    case Reduction::all:
      return all(a, over);
    case Reduction::first_minimum:
      return argmin(a, axis);
    case Reduction::first_maximum:
      break;
  }
  return argmax(a, axis);
}

std::vector<Array> operands_of(Op op, DType dtype, const Shape& shape, bool with_edges) {
  std::vector<Array> operands;
  const int count = array::operands_of(op);
  for (int k = 0; k < count; ++k) {
    const bool is_condition = op == Op::where && k == 0;
    operands.push_back(operand(operation_of(op), is_condition ? DType::boolean : dtype, shape,
                               static_cast<std::uint32_t>(k + 1), with_edges));
  }
  return operands;
}

std::int64_t side_of(std::int64_t multiplications) {
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::cbrt(static_cast<double>(multiplications)) + 0.999));
}

Sample product(DType dtype, std::int64_t count) {
  const std::int64_t side = side_of(count);
  const Array a = operand(Operation::matmul, dtype, {side, side}, 1, false);
  const Array b = operand(Operation::matmul, dtype, {side, side}, 2, false);
  return [=] { return matmul(a, b); };
}

Sample correlation(DType dtype, std::int64_t count) {
  constexpr std::int64_t channels = 16;
  const std::int64_t length = count / (channels * channels * kernel_width) + kernel_width;
  const Array a = operand(Operation::conv1d, dtype, {1, channels, length}, 1, false);
  const Array kernels = operand(Operation::conv1d, dtype, {channels, channels, kernel_width}, 2, false);
  return [=] { return anneal::conv1d(a, kernels); };
}

Sample picking(const Array& a) {
  std::vector<std::int64_t> places(static_cast<std::size_t>(a.shape()[0]));
  for (std::size_t k = 0; k < places.size(); ++k) places[k] = static_cast<std::int64_t>(k * 7919 % places.size());
  const Array indices = Array::from<std::int64_t>(places, {a.shape()[0]});
  return [=] { return gather(a, indices); };
}

Sample arranging(Operation operation, const Array& a) {
  switch (operation) {
    case Operation::concatenate:
      return [=] {
        const Array parts[] = {a, a};
        return concatenate(parts, 1);
      };
    case Operation::gather:
      return picking(a);
    case Operation::sort:
      return [=] { return sort(a); };
    case Operation::top_k:
      return [=] { return top_k(a, std::min<std::int64_t>(5, a.shape()[1])).first; };
    default:
      return [=] { return cumulative_sum(a, 1); };
  }
}

std::vector<Sample> casts_from_all(DType dtype) {
  std::vector<Sample> samples;
  for (int from = 0; from <= static_cast<int>(DType::f64); ++from) {
    // Which not every GPU has.
    if (static_cast<DType>(from) == DType::f64 && dtype != DType::f64) continue;
    const Array a = operand(Operation::cast, static_cast<DType>(from), {200}, 3, true);
    samples.emplace_back([=] { return cast(a, dtype); });
  }
  return samples;
}

// More than a tile, stacks, vectors, transposed operands, and what may follow a product.
std::vector<Sample> products_of_shapes(DType dtype) {
  const Array a = operand(Operation::matmul, dtype, {2, 70, 33}, 3, false);
  const Array b = operand(Operation::matmul, dtype, {33, 50}, 4, false);
  const Array line = operand(Operation::matmul, dtype, {33}, 5, false);
  std::vector<Sample> samples{[=] { return matmul(a, b); }, [=] { return matmul(b.transpose(), line); },
                              [=] { return matmul(line, line); }};
  if (!is_float(dtype)) return samples;
  const Array bias = operand(Operation::matmul, dtype, {50}, 6, false);
  for (const Activation activation :
       {Activation::none, Activation::relu, Activation::gelu, Activation::sigmoid, Activation::silu}) {
    samples.emplace_back([=] { return matmul(a, b, {.bias = bias, .activation = activation}); });
  }
  return samples;
}

std::vector<Sample> reductions_of_axes(Reduction reduction, DType dtype) {
  std::vector<Sample> samples;
  const Array a = operand(operation_of(reduction), dtype, {37, 91}, 3, false);
  for (const int axis : {0, 1}) samples.emplace_back([=] { return of_reduction(reduction, a, {.axes = {axis}}); });
  samples.emplace_back([=] { return of_reduction(reduction, a.transpose(), {.axes = {1}}); });
  return samples;
}

std::vector<Sample> sums_of_views(DType dtype) {
  const Array a = operand(operation_of(Op::add), dtype, {37, 91}, 3, false);
  const Array row = operand(operation_of(Op::add), dtype, {91}, 4, false);
  const Array b = operand(operation_of(Op::add), dtype, {91, 37}, 5, false);
  return {[=] { return of_op(Op::add, dtype, {a, row}); }, [=] { return of_op(Op::add, dtype, {a.transpose(), b}); }};
}

}  // namespace

bool is_defined(Operation operation, DType dtype) {
  const bool is_boolean = dtype == DType::boolean;
  if (is_elementwise(operation)) {
    const Op op = op_of(operation);
    if (is_boolean && (op == Op::power || op == Op::modulo || op == Op::negative || op == Op::sign)) return false;
    return !is_of_floats(op) || is_float(dtype);
  }
  if (is_reduction(operation)) {
    const Reduction reduction = reduction_of(operation);
    if (reduction == Reduction::any || reduction == Reduction::all) return is_boolean;
    const bool adds_up = reduction == Reduction::sum || reduction == Reduction::product;
    return !adds_up || is_float(dtype) || dtype == DType::i64;
  }
  return true;
}

Sample sample_of(Operation operation, DType dtype, std::int64_t count, bool with_edges) {
  const Shape shape{(count + columns - 1) / columns, columns};
  if (is_elementwise(operation)) {
    const auto operands = operands_of(op_of(operation), dtype, shape, with_edges);
    return [=] { return of_op(op_of(operation), dtype, operands); };
  }
  if (operation == Operation::cast) {
    const Array a = operand(operation, dtype == DType::f32 ? DType::i32 : DType::f32, shape, 1, with_edges);
    return [=] { return cast(a, dtype); };
  }
  if (operation == Operation::matmul) return product(dtype, count);
  if (operation == Operation::conv1d) return correlation(dtype, count);
  const bool adds_up = operation == operation_of(Reduction::sum) || operation == operation_of(Reduction::product) ||
                       operation == Operation::cumulative_sum;
  const Array a = operand(operation, dtype, shape, 1, with_edges && !adds_up);
  if (is_reduction(operation)) return [=] { return of_reduction(reduction_of(operation), a, {}); };
  return arranging(operation, a);
}

std::vector<Sample> samples_of_layouts(Operation operation, DType dtype) {
  switch (operation) {
    case Operation::cast:
      return casts_from_all(dtype);
    case Operation::matmul:
      return products_of_shapes(dtype);
    case Operation::conv1d: {
      const Array a = operand(operation, dtype, {2, 3, 61}, 3, false);
      const Array kernels = operand(operation, dtype, {4, 3, 5}, 4, false);
      return {[=] { return conv1d(a, kernels, {.stride = 3, .padding = 4, .dilation = 2}); }};
    }
    case Operation::concatenate: {
      const Array a = operand(operation, dtype, {7, 300}, 3, true);
      return {[=] { return stack(std::vector{a, a}, 2); },
              [=] { return concatenate(std::vector{a, a.slice({{Slice{.last = 3}}})}); }};
    }
    case Operation::gather: {
      const Array a = operand(operation, dtype, {7, 300}, 3, true);
      const Array places = Array::arange(200, DType::i64).reshape({10, 20});
      return {[=] { return gather(a, places, 1); }};
    }
    case Operation::sort: {
      const Array a = operand(operation, dtype, {7, 300}, 3, true);
      return {[=] { return argsort(a); }, [=] { return sort(a, 0); }};
    }
    case Operation::top_k: {
      const Array a = operand(operation, dtype, {7, 300}, 3, true);
      return {[=] { return top_k(a, 20).second; }};
    }
    default:
      break;
  }
  if (is_reduction(operation)) return reductions_of_axes(reduction_of(operation), dtype);
  return operation == operation_of(Op::add) ? sums_of_views(dtype) : std::vector<Sample>{};
}

double sample_tolerance(DType dtype) {
  switch (dtype) {
    case DType::f16:
      return 0x1p-8;
    case DType::bf16:
      return 0x1p-5;
    case DType::f32:
      return 0x1p-17;
    case DType::f64:
      return 0x1p-44;
    default:
      return 0;
  }
}

double size_of_terms(Operation operation, std::int64_t count) {
  if (operation == operation_of(Reduction::sum)) return 4.0 * static_cast<double>(count);
  if (operation == Operation::cumulative_sum) return 4.0 * columns;
  // Those of products_of_shapes() have more terms.
  if (operation == Operation::matmul) return 16.0 * static_cast<double>(std::max<std::int64_t>(side_of(count), 33));
  if (operation == Operation::conv1d) return 16.0 * 16 * kernel_width;
  return 0;
}

}  // namespace anneal::array
