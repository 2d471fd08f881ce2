// What computes arrays: the CPU, its plain loops, or a GPU.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "array/linalg/conv1d.h"
#include "array/node.h"
#include "array/op.h"
#include "array/strided.h"

namespace anneal::array {

/// What is done to a product of floats before it is rounded to its dtype.
struct ProductEpilogue {
  /// Added to each row: one axis, as long as the last of the product, and its dtype.
  std::optional<Strided> bias = {};
  /// Of one operand, after the bias.
  std::optional<Op> activation = {};
};

/// Operands are in memory(), and results are, too, but where they are too large for a GPU: then they are in the host's.
/// Shapes and errors are those of anneal/array.h and anneal/array_ops.h. Thread-safe.
class Backend {
 public:
  virtual ~Backend() = default;

  virtual const std::string& name() const = 0;
  virtual gpu::Gpu* memory() const = 0;      ///< null: the host's
  virtual std::string identity() const = 0;  ///< all that a result or a rate may depend on
  /// Whether it computes arrays of this dtype.
  virtual bool has(DType dtype) const = 0;
  /// Returns when all that was asked for is done.
  virtual void wait() = 0;

  /// Of a node that has no values: see array::evaluate().
  virtual Values evaluate(Node& node) = 0;
  virtual Values matmul(const Strided& a, const Strided& b, const ProductEpilogue& epilogue) = 0;
  virtual Values conv1d(const Strided& a, const Strided& kernels, const linalg::Steps& steps) = 0;
  virtual Values concatenate(std::span<const Strided> parts, int axis) = 0;
  virtual Values stack(std::span<const Strided> parts, int axis) = 0;
  virtual Values gather(const Strided& a, const Strided& indices, int axis) = 0;
  virtual Values sort(const Strided& a, int axis) = 0;
  virtual Values argsort(const Strided& a, int axis) = 0;
  /// Values and places.
  virtual std::pair<Values, Values> top_k(const Strided& a, std::int64_t count, int axis) = 0;
  virtual Values cumulative_sum(const Strided& a, int axis) = 0;
};

}  // namespace anneal::array
