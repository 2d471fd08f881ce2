#include "make_nodes.h"

#include <algorithm>

namespace anneal::array::cpu {

NodePointer constant_node(double value, DType dtype, Shape shape) {
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::constant;
  node->dtype = dtype;
  node->shape = std::move(shape);
  node->constant = value;
  node->integer_constant = static_cast<std::int64_t>(value);
  return node;
}

NodePointer op_node(Op op, std::vector<NodePointer> inputs) {
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::elementwise;
  node->op = op;
  node->dtype = is_comparison(op) ? DType::boolean : inputs.back()->dtype;
  node->shape = inputs[0]->shape;
  node->inputs = std::move(inputs);
  return node;
}

NodePointer cast_node(NodePointer input, DType dtype) {
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::cast;
  node->dtype = dtype;
  node->shape = input->shape;
  node->inputs = {std::move(input)};
  return node;
}

NodePointer reduction_node(Reduction reduction, NodePointer input, std::vector<int> axes, bool keep_axes) {
  auto node = std::make_shared<Node>();
  node->kind = NodeKind::reduction;
  node->reduction = reduction;
  node->dtype = reduction >= Reduction::first_minimum ? DType::i64
                : reduction >= Reduction::any         ? DType::boolean
                                                      : input->dtype;
  for (std::size_t axis = 0; axis < input->shape.size(); ++axis) {
    const bool is_reduced = std::ranges::count(axes, static_cast<int>(axis)) > 0;
    if (is_reduced && keep_axes) node->shape.push_back(1);
    if (!is_reduced) node->shape.push_back(input->shape[axis]);
  }
  node->axes = std::move(axes);
  node->keep_axes = keep_axes;
  node->inputs = {std::move(input)};
  return node;
}

}  // namespace anneal::array::cpu
