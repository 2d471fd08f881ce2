// Evaluation node by node, each as a whole array: what fused evaluation must agree with.
#pragma once

#include <cstddef>
#include <vector>

#include "array/node.h"

namespace anneal::array::cpu {

/// Elements in row-major order, of f32 where the dtype is f16 or bf16.
struct PlainValues {
  DType dtype;  ///< never f16 or bf16
  Shape shape;
  std::vector<std::byte> bytes;

  std::size_t size() const;
  double at(std::size_t k) const;  ///< of i64 perhaps rounded
};

/// Of the elements of a strided array.
PlainValues plain_copy(const Strided& elements);

/// By the plain kernels; reductions in order. Not rounded to f16 and bf16. The node is not changed.
PlainValues plain_evaluate(const Node& node);
/// The same, rounded to the node's dtype.
PlainValues plain_result(const Node& node);

}  // namespace anneal::array::cpu
