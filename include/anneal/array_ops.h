// Operations on arrays that are not elementwise: products, joining, picking, ordering. They evaluate their operands and
// compute at once; what they give holds its values.
//
// Operands of several dtypes are cast to the promoted() one first. Everything throws Error(invalid_argument) that names
// the operation, the shapes or the axis, and the rule, and Error(out_of_memory). Negative axes count from the end.
//
// Sizes of matrices that are multiplied, and of conv1d's axes, are below 2^31. What a forced GPU cannot do throws as
// array.h says.
//
// Results do not depend on the number of threads. On Linux, floats are multiplied by OpenBLAS, which the first product
// sets to one thread per call, for the whole program: anneal's own threads share the work.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "anneal/array.h"

namespace anneal {

enum class Activation : std::uint8_t {
  none,
  relu,
  gelu,     ///< x * (1 + erf(x / sqrt 2)) / 2
  sigmoid,  ///< of integers: as sigmoid() of the product; so with gelu and silu
  silu,
};

struct MatmulOptions {
  /// Added to every row: one axis, as long as the last of the product.
  std::optional<Array> bias = {};
  /// After the bias. Of floats both are applied before sums are rounded to the dtype: on the CPU and by Metal without
  /// another pass over memory, by CUDA in one pass at most, after cuBLASLt.
  Activation activation = Activation::none;
};

/// numpy.matmul: the last two axes are matrices (..., n, k) and (..., k, m) and give (..., n, m), the others broadcast;
/// an operand of one axis is a row on the left, a column on the right, and its axis is not in the result. Integers wrap
/// around, booleans are or-ed. f16 and bf16 are added up in f32 and rounded once. Transposed operands are not copied.
Array matmul(const Array& a, const Array& b, const MatmulOptions& options = {});

/// numpy.dot: the sum of products over the last axis of `a` and the last but one (or only one) of `b`; all other axes
/// of both are in the result, those of `a` first. Without axes on either side, a * b.
Array dot(const Array& a, const Array& b);

struct Conv1dOptions {
  std::int64_t stride = 1;    ///< from 1 up
  std::int64_t padding = 0;   ///< zeros at both ends, from 0 up
  std::int64_t dilation = 1;  ///< distance of the elements that a kernel sees, from 1 up
};

/// (batch, channels, length) and (out, channels, width) give (batch, out, positions):
/// sum over c and w of a[., c, stride * p + dilation * w - padding] * kernels[., c, w], the cross-correlation that
/// neural networks call convolution; positions = (length + 2 padding - dilation (width - 1) - 1) / stride + 1, rounded
/// down, at least 0.
Array conv1d(const Array& a, const Array& kernels, const Conv1dOptions& options = {});

/// Of at least one; shapes may differ in the size of the axis alone.
Array concatenate(std::span<const Array> arrays, int axis = 0);
/// Of equal shapes, along a new axis of the result.
Array stack(std::span<const Array> arrays, int axis = 0);

/// numpy.take: the slices of `a` whose places on an axis are `indices`, i32 or i64, where -1 is the last one; the axes
/// of the indices come instead of that axis. An index that is out of range: throws, naming it and its place.
Array gather(const Array& a, const Array& indices, int axis = 0);

// NaN is larger than all else; of equals, the one at the lower place comes first.

/// Each line along the axis, ascending.
Array sort(const Array& a, int axis = -1);
/// The places on the axis, i64, in the order that sort() gives.
Array argsort(const Array& a, int axis = -1);
/// The largest `count` of each line along the axis and their places (i64), the largest first. 0 to as many as a line
/// has.
std::pair<Array, Array> top_k(const Array& a, std::int64_t count, int axis = -1);

/// Sums of all elements of a line so far. Integers and booleans give i64, which wraps around; floats their own dtype,
/// added up in f64.
Array cumulative_sum(const Array& a, int axis);

}  // namespace anneal
