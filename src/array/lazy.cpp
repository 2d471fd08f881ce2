#include "array/lazy.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "array/dtype.h"
#include "array/shape.h"

namespace anneal::array {
namespace {

Array cast_node(const Array& a, DType dtype) {
  checked_count(a.shape(), dtype);
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::cast;
  node->dtype = dtype;
  node->shape = a.shape();
  node->inputs.push_back(a.node());
  return Array(std::move(node));
}

// A weak number of `weak` beside arrays of `strong`, by NumPy's rules for Python's numbers.
DType beside(DType weak, DType strong) {
  if (is_float(weak) && !is_float(strong)) return DType::f64;
  if (weak == DType::i64 && strong == DType::boolean) return DType::i64;
  return strong;
}

}  // namespace

Array constant(Number number, DType from, DType dtype, Shape shape, bool is_weak) {
  checked_count(shape, dtype);
  const Number value = converted(number, from, dtype);
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::constant;
  node->dtype = dtype;
  node->shape = std::move(shape);
  node->constant = value.real;
  node->integer_constant = value.integer;
  node->is_weak = is_weak;
  return Array(std::move(node));
}

DType common_dtype(std::initializer_list<const Array*> arrays) {
  // Booleans beside any dtype leave it as it is.
  DType strong = DType::boolean;
  DType weak = DType::boolean;
  bool is_strong = false;
  for (const Array* a : arrays) {
    const bool is_weak = a->node()->is_weak;
    DType& dtype = is_weak ? weak : strong;
    dtype = promoted(dtype, a->dtype());
    is_strong = is_strong || !is_weak;
  }
  return is_strong ? beside(weak, strong) : weak;
}

bool is_out_of_range(const Array& a, DType dtype) {
  const Node& node = *a.node();
  if (!node.is_weak || is_float(node.dtype) || is_float(dtype)) return false;
  const IntegerRange range = range_of(dtype);
  return node.integer_constant < range.lowest || node.integer_constant > range.highest;
}

std::shared_ptr<Node> as_dtype(const Array& a, DType dtype) {
  if (is_out_of_range(a, dtype)) {
    const IntegerRange range = range_of(dtype);
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} is out of range beside an array of {}, which holds {} to {}: cast() the array first",
                            a.node()->integer_constant, name_of(dtype), range.lowest, range.highest));
  }
  return cast_to(a, dtype).node();
}

Array cast_to(const Array& a, DType dtype) {
  const Node& node = *a.node();
  if (node.dtype == dtype && !node.is_weak) return a;
  if (node.kind != NodeKind::constant) return cast_node(a, dtype);
  return constant({node.constant, node.integer_constant}, node.dtype, dtype, node.shape);
}

Array elementwise(Op op, DType dtype, std::vector<std::shared_ptr<Node>> inputs) {
  auto node = std::make_shared<Node>();
  node->shape = inputs.front()->shape;
  for (std::size_t k = 1; k < inputs.size(); ++k) {
    if (inputs[k]->shape != node->shape) node->shape = broadcast(node->shape, inputs[k]->shape);
  }
  checked_count(node->shape, dtype);
  node->kind = NodeKind::elementwise;
  node->dtype = dtype;
  node->op = op;
  node->inputs = std::move(inputs);
  return Array(std::move(node));
}

}  // namespace anneal::array
