// Nodes for tests.
#pragma once

#include <memory>
#include <vector>

#include "array/node.h"

namespace anneal::array::cpu {

using NodePointer = std::shared_ptr<Node>;

/// Shares the memory of `values`.
template <class T>
NodePointer values_node(std::shared_ptr<std::vector<T>> values, DType dtype, Shape shape, Shape strides,
                        std::int64_t first = 0) {
  auto node = std::make_shared<Node>();
  node->dtype = dtype;
  node->shape = shape;
  const auto* data = reinterpret_cast<const std::byte*>(values->data() + first);
  node->add_values({{data, dtype, std::move(shape), std::move(strides)}, std::move(values)});
  return node;
}

/// One axis.
template <class T>
NodePointer values_node(std::vector<T> values, DType dtype) {
  const auto count = static_cast<std::int64_t>(values.size());
  return values_node(std::make_shared<std::vector<T>>(std::move(values)), dtype, {count}, {1});
}

NodePointer constant_node(double value, DType dtype, Shape shape = {});
/// Of the first input's shape, and dtype unless it is a comparison.
NodePointer op_node(Op op, std::vector<NodePointer> inputs);
NodePointer cast_node(NodePointer input, DType dtype);
NodePointer reduction_node(Reduction reduction, NodePointer input, std::vector<int> axes, bool keep_axes = false);

}  // namespace anneal::array::cpu
