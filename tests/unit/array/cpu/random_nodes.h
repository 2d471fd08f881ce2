// Random graphs.
#pragma once

#include "make_nodes.h"
#include "support/random.h"

namespace anneal::array::cpu {

class RandomNodes {
 public:
  explicit RandomNodes(std::uint64_t seed) : random_(seed) {}

  /// No f64 from now on, and of floats only operations that have one correct result.
  void be_for_gpus() { is_for_gpus_ = true; }

  /// Up to 5 axes, now and then with none of an axis, or with many.
  Shape shape();
  DType dtype();
  /// Elements in memory: permuted, stepped, negative and zero strides.
  NodePointer values(const Shape& shape, DType dtype);
  /// An expression that is the same, bit for bit, in whatever order it is computed.
  NodePointer expression(const Shape& shape, DType dtype, int depth);
  /// Any reduction of an expression.
  NodePointer reduction(int depth);

 private:
  NodePointer leaf(const Shape& shape, DType dtype);
  NodePointer operation(const Shape& shape, DType dtype, int depth);
  NodePointer operand(const Shape& shape, DType dtype, int depth);
  NodePointer inner_reduction(const Shape& shape, DType dtype, int depth);
  Shape broadcastable(const Shape& shape);

  bool is_allowed(Op op, DType dtype) const;

  test::Random random_;
  bool is_for_gpus_ = false;
  std::vector<NodePointer> pool_;
};

}  // namespace anneal::array::cpu
