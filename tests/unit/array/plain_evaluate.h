// Evaluates nodes one after the other, element by element: what the interpreter is compared with. Floats are computed
// in double and rounded to f32 after each operation (f64: not at all), sums are rounded once.
#pragma once

#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "array/allocate.h"
#include "array/node.h"
#include "array/shape.h"
#include "plain_operations.h"

namespace anneal::array::test {

/// All elements in row-major order.
using Numbers = std::vector<Number>;

/// Where each element of an array of `shape`, in row-major order, is by these strides.
inline std::vector<std::int64_t> offsets(const Shape& shape, const Shape& strides) {
  std::vector<std::int64_t> result;
  Shape place(shape.size(), 0);
  for (std::int64_t k = 0; k < count_of(shape); ++k) {
    std::int64_t offset = 0;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) offset += place[axis] * strides[axis];
    result.push_back(offset);
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      if (++place[axis] < shape[axis]) break;
      place[axis] = 0;
    }
  }
  return result;
}

inline Numbers numbers_of(const Strided& elements) {
  Numbers numbers;
  const auto size = static_cast<std::int64_t>(size_of(elements.dtype));
  for (const std::int64_t offset : offsets(elements.shape, elements.strides)) {
    numbers.push_back(read_number(elements.data + offset * size, elements.dtype));
  }
  return numbers;
}

/// Strides with which an array of shape `from` is read as one of shape `to`.
inline Shape broadcast_strides(const Shape& from, const Shape& to) {
  const Shape strides = contiguous_strides(from);
  Shape result(to.size(), 0);
  const std::size_t lacking = to.size() - from.size();
  for (std::size_t axis = 0; axis < from.size(); ++axis) {
    if (from[axis] != 1) result[lacking + axis] = strides[axis];
  }
  return result;
}

/// An input and its elements.
struct Input {
  const Node* node;
  const Numbers* numbers;
};

inline Numbers plain_elementwise(const Node& node, const std::vector<Input>& inputs) {
  Numbers repeated[3];
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    for (const std::int64_t at : offsets(node.shape, broadcast_strides(inputs[k].node->shape, node.shape))) {
      repeated[k].push_back((*inputs[k].numbers)[static_cast<std::size_t>(at)]);
    }
  }
  const DType dtype = inputs.back().node->dtype;
  Numbers result;
  for (std::size_t k = 0; k < repeated[0].size(); ++k) {
    result.push_back(result_of(node.op, dtype, repeated[0][k], inputs.size() > 1 ? repeated[1][k] : Number{},
                               inputs.size() > 2 ? repeated[2][k] : Number{}));
  }
  return result;
}

/// What an element is reduced with, and its place among those that become one.
struct Reduced {
  Number best;
  std::int64_t place = -1;  ///< -1: none so far
  double sum = 0;
  double product = 1;
  std::uint64_t integer_sum = 0;
  std::uint64_t integer_product = 1;
  bool any = false;
  bool all = true;
};

inline bool is_less(Number a, Number b, DType dtype) {
  return is_float(dtype) ? a.real < b.real : a.integer < b.integer;
}

inline void reduce(Reduced& reduced, const Node& node, DType dtype, Number number, std::int64_t place) {
  const bool wants_least = node.reduction == Reduction::minimum || node.reduction == Reduction::first_minimum;
  const bool is_better = is_less(wants_least ? number : reduced.best, wants_least ? reduced.best : number, dtype);
  if (reduced.place < 0 || (!std::isnan(reduced.best.real) && (std::isnan(number.real) || is_better))) {
    reduced.best = number;
    reduced.place = place;
  }
  reduced.sum += number.real;
  reduced.product *= number.real;
  reduced.integer_sum += static_cast<std::uint64_t>(number.integer);
  reduced.integer_product *= static_cast<std::uint64_t>(number.integer);
  reduced.any = reduced.any || number.integer != 0;
  reduced.all = reduced.all && number.integer != 0;
}

inline Number reduced_number(const Node& node, const Reduced& reduced) {
  const bool real = is_float(node.dtype);
  switch (node.reduction) {
    case Reduction::sum:
      return real ? of_real(reduced.sum, node.dtype)
                  : of_integer(static_cast<std::int64_t>(reduced.integer_sum), node.dtype);
    case Reduction::product:
      return real ? of_real(reduced.product, node.dtype)
                  : of_integer(static_cast<std::int64_t>(reduced.integer_product), node.dtype);
    case Reduction::minimum:
    case Reduction::maximum:
      return reduced.best;
    case Reduction::any:
      return of_integer(reduced.any, node.dtype);
    case Reduction::all:
      return of_integer(reduced.all, node.dtype);
    default:
      return of_integer(reduced.place, node.dtype);
  }
}

inline Numbers plain_reduction(const Node& node, const Input& input) {
  const Shape& shape = input.node->shape;
  Shape kept = shape;
  Shape reduced = Shape(shape.size(), 1);
  for (const int axis : node.axes)
    std::swap(kept[static_cast<std::size_t>(axis)], reduced[static_cast<std::size_t>(axis)]);
  const auto to = offsets(shape, broadcast_strides(kept, shape));
  const auto place = offsets(shape, broadcast_strides(reduced, shape));
  std::vector<Reduced> results(static_cast<std::size_t>(count_of(kept)));
  for (std::size_t k = 0; k < to.size(); ++k) {
    reduce(results[static_cast<std::size_t>(to[k])], node, input.node->dtype, (*input.numbers)[k], place[k]);
  }
  Numbers numbers;
  for (const Reduced& result : results) numbers.push_back(reduced_number(node, result));
  return numbers;
}

inline Numbers plain_numbers(const Node& node, const std::vector<Input>& inputs) {
  switch (node.kind) {
    case NodeKind::values:
      break;
    case NodeKind::constant:
      return Numbers(static_cast<std::size_t>(count_of(node.shape)), {node.constant, node.integer_constant});
    case NodeKind::elementwise:
      return plain_elementwise(node, inputs);
    case NodeKind::reduction:
      return plain_reduction(node, inputs.front());
    case NodeKind::cast: {
      Numbers numbers = *inputs.front().numbers;
      for (Number& number : numbers) number = converted(number, inputs.front().node->dtype, node.dtype);
      return numbers;
    }
  }
  return {};
}

/// The elements of a node. A loop, so that chains may be long.
inline Numbers plain_numbers(const Node& root) {
  std::unordered_map<const Node*, Numbers> known;
  std::vector<std::pair<const Node*, std::vector<std::shared_ptr<Node>>>> waiting;
  waiting.emplace_back(&root, root.inputs_if_unknown());
  while (!waiting.empty()) {
    const auto& [node, node_inputs] = waiting.back();
    const Node* lacking = nullptr;
    std::vector<Input> inputs;
    for (const auto& input : node_inputs) {
      const auto numbers = known.find(input.get());
      if (numbers == known.end()) {
        lacking = input.get();
        break;
      }
      inputs.push_back({input.get(), &numbers->second});
    }
    if (lacking != nullptr) {
      waiting.emplace_back(lacking, lacking->inputs_if_unknown());
      continue;
    }
    const Values* values = inputs.empty() ? node->values_if_known() : nullptr;
    known[node] = values != nullptr ? numbers_of(values->elements) : plain_numbers(*node, inputs);
    waiting.pop_back();
  }
  return std::move(known[&root]);
}

/// What evaluate() should give, within the errors of its arithmetic. To be called before that.
inline Values plain_evaluate(const Node& node) {
  const Numbers numbers = plain_numbers(node);
  Allocated result = allocate(node.dtype, node.shape);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    write_number(result.data + k * size_of(node.dtype), node.dtype, numbers[k]);
  }
  return std::move(result.values);
}

}  // namespace anneal::array::test
