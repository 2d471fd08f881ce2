#include "plain_evaluate.h"

#include <algorithm>
#include <cstring>

#include "array/cpu/program.h"
#include "array/graph.h"
#include "plain_tile_kernels.h"

namespace anneal::array::cpu {

namespace {

std::size_t index_of(DType dtype) { return static_cast<std::size_t>(dtype); }

std::int64_t count_of(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return count;
}

// The places of element k in row-major order.
Shape places_of(std::int64_t k, const Shape& shape) {
  Shape places(shape.size());
  for (std::size_t axis = shape.size(); axis-- > 0; k /= shape[axis]) places[axis] = k % shape[axis];
  return places;
}

PlainValues empty_values(DType dtype, const Shape& shape) {
  return {dtype, shape, std::vector<std::byte>(static_cast<std::size_t>(count_of(shape)) * size_of(dtype))};
}

PlainValues cast_to(const PlainValues& values, DType dtype) {
  if (values.dtype == dtype) return values;
  PlainValues result = empty_values(dtype, values.shape);
  plain_tile_kernels().casts[index_of(values.dtype)][index_of(dtype)](result.bytes.data(), values.bytes.data(),
                                                                      values.size());
  return result;
}

// As it is where it has been stored.
PlainValues rounded(const PlainValues& values, DType dtype) { return cast_to(cast_to(values, dtype), computed(dtype)); }

PlainValues broadcast(const PlainValues& values, const Shape& shape) {
  PlainValues result = empty_values(values.dtype, shape);
  const std::size_t size = size_of(values.dtype);
  const std::size_t added = shape.size() - values.shape.size();
  for (std::int64_t k = 0; k < count_of(shape); ++k) {
    const Shape places = places_of(k, shape);
    std::int64_t from = 0;
    for (std::size_t axis = 0; axis < values.shape.size(); ++axis) {
      from = from * values.shape[axis] + (values.shape[axis] == 1 ? 0 : places[axis + added]);
    }
    std::memcpy(&result.bytes[static_cast<std::size_t>(k) * size], &values.bytes[static_cast<std::size_t>(from) * size],
                size);
  }
  return result;
}

PlainValues constant_values(const Node& node) {
  PlainValues one{node.dtype >= DType::f16 ? DType::f64 : DType::i64, {}, {}};
  one.bytes.resize(8);
  if (one.dtype == DType::f64) {
    std::memcpy(one.bytes.data(), &node.constant, 8);
  } else {
    std::memcpy(one.bytes.data(), &node.integer_constant, 8);
  }
  return broadcast(rounded(one, node.dtype), node.shape);
}

PlainValues elementwise_values(const Node& node) {
  std::vector<PlainValues> inputs;
  for (const auto& input : node.inputs) {
    PlainValues values = plain_evaluate(*input);
    if (count_of(input->shape) != count_of(node.shape)) values = rounded(values, input->dtype);
    inputs.push_back(broadcast(values, node.shape));
  }
  PlainValues result = empty_values(computed(node.dtype), node.shape);
  const Kind kind = kind_of(node.op == Op::where ? node.dtype : node.inputs[0]->dtype);
  const auto data = [&](std::size_t k) { return k < inputs.size() ? inputs[k].bytes.data() : nullptr; };
  plain_tile_kernels().ops[static_cast<std::size_t>(node.op)][static_cast<std::size_t>(kind)](
      result.bytes.data(), data(0), data(1), data(2), result.size());
  return result;
}

// The places of the input's elements that are reduced to each result, in order.
std::vector<std::vector<std::size_t>> reduced_places(const Node& node, const Shape& shape) {
  std::vector<std::vector<std::size_t>> of_result(static_cast<std::size_t>(count_of(node.shape)));
  for (std::int64_t k = 0; k < count_of(shape); ++k) {
    const Shape places = places_of(k, shape);
    std::int64_t result = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      const bool is_reduced = std::ranges::count(node.axes, static_cast<int>(axis)) > 0;
      if (!is_reduced) result = result * shape[axis] + places[axis];
    }
    of_result[static_cast<std::size_t>(result)].push_back(static_cast<std::size_t>(k));
  }
  return of_result;
}

// In the type of the elements, but sums and products of f32 in f64.
PlainValues reduce_selected(const Node& node, const PlainValues& input) {
  const TileKernels& kernels = plain_tile_kernels();
  const auto reduction = static_cast<std::size_t>(node.reduction);
  const auto kind = static_cast<std::size_t>(kind_of(input.dtype));
  if (is_find(node.reduction)) {
    const auto place =
        static_cast<std::int64_t>(kernels.finds[reduction - static_cast<std::size_t>(Reduction::first_minimum)][kind](
            input.bytes.data(), input.size()));
    PlainValues result = empty_values(DType::i64, {});
    std::memcpy(result.bytes.data(), &place, sizeof place);
    return result;
  }
  PlainValues result = empty_values(input.dtype, {});
  if (input.size() > 0) {
    kernels.reductions[reduction][kind](result.bytes.data(), input.bytes.data(), input.size());
    return result;
  }
  const bool is_one = node.reduction == Reduction::product || node.reduction == Reduction::all;
  PlainValues neutral = empty_values(DType::i64, {});
  neutral.bytes[0] = static_cast<std::byte>(is_one);
  return cast_to(neutral, input.dtype);
}

PlainValues reduction_values(const Node& node) {
  PlainValues input = plain_evaluate(*node.inputs[0]);
  const bool is_sum = node.reduction == Reduction::sum || node.reduction == Reduction::product;
  if (is_sum && input.dtype == DType::f32) input = cast_to(input, DType::f64);
  const DType computed_dtype = is_find(node.reduction) ? DType::i64 : input.dtype;
  PlainValues result = empty_values(computed_dtype, node.shape);
  const std::size_t size = size_of(input.dtype);
  const std::size_t result_size = size_of(computed_dtype);
  const auto places = reduced_places(node, input.shape);
  for (std::size_t k = 0; k < places.size(); ++k) {
    PlainValues selected{input.dtype, {static_cast<std::int64_t>(places[k].size())}, {}};
    for (const std::size_t place : places[k]) {
      const auto element = input.bytes.begin() + static_cast<std::ptrdiff_t>(place * size);
      selected.bytes.insert(selected.bytes.end(), element, element + static_cast<std::ptrdiff_t>(size));
    }
    std::memcpy(&result.bytes[k * result_size], reduce_selected(node, selected).bytes.data(), result_size);
  }
  return rounded(result, node.dtype);
}

}  // namespace

std::size_t PlainValues::size() const { return static_cast<std::size_t>(count_of(shape)); }

double PlainValues::at(std::size_t k) const {
  double value = 0;
  plain_tile_kernels().casts[index_of(dtype)][index_of(DType::f64)](&value, &bytes[k * size_of(dtype)], 1);
  return value;
}

PlainValues plain_copy(const Strided& elements) {
  PlainValues result = empty_values(elements.dtype, elements.shape);
  const std::size_t size = size_of(elements.dtype);
  for (std::int64_t k = 0; k < count_of(elements.shape); ++k) {
    const Shape places = places_of(k, elements.shape);
    std::int64_t offset = 0;
    for (std::size_t axis = 0; axis < places.size(); ++axis) offset += places[axis] * elements.strides[axis];
    std::memcpy(&result.bytes[static_cast<std::size_t>(k) * size],
                elements.data + offset * static_cast<std::int64_t>(size), size);
  }
  return cast_to(result, computed(elements.dtype));
}

PlainValues plain_evaluate(const Node& node) {
  if (const Values* values = node.values_if_known()) return plain_copy(values->elements);
  switch (node.kind) {
    case NodeKind::constant:
      return constant_values(node);
    case NodeKind::cast: {
      const PlainValues input = plain_evaluate(*node.inputs[0]);
      return node.dtype == node.inputs[0]->dtype ? input : rounded(input, node.dtype);
    }
    case NodeKind::reduction:
      return reduction_values(node);
    default:
      return elementwise_values(node);
  }
}

PlainValues plain_result(const Node& node) { return rounded(plain_evaluate(node), node.dtype); }

}  // namespace anneal::array::cpu
