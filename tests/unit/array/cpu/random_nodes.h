// Random graphs.
#pragma once

#include "make_nodes.h"
#include "support/random.h"

namespace anneal::array::cpu {

class RandomNodes {
 public:
  explicit RandomNodes(std::uint64_t seed) : random_(seed) {}

  /// From now on, of floats only operations that have one correct result, and perhaps no f64.
  void be_for_gpus(bool has_f64) {
    is_for_gpus_ = true;
    has_f64_ = has_f64;
  }

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
  bool has_f64_ = true;
  std::vector<NodePointer> pool_;
};

}  // namespace anneal::array::cpu
