// The kernels that compute a pass.
#pragma once

#include "array/gpu/gpu.h"
#include "array/graph.h"

namespace anneal::array::gpu {

/// Threads of a group, if a kernel may have as many.
inline constexpr unsigned group_threads = 256;

/// The values of the last node of `graph`, whose leaves are in the memory of `gpu`, as `dtype`, which may be that
/// node's own or what its values are rounded to.
Values run_elementwise(const Node& node, const Graph& graph, Gpu& gpu);

/// The values of `node`, which reduces those of the last node of `graph`. Neither has no elements.
///
/// Sums of floats add up in an order that follows from shape and dtype alone, not from strides: by Knuth's TwoSum,
/// which keeps what each addition loses, so that the error is about that of one rounding, plus 2^-45 (f32) times the
/// sum of the terms' sizes, times the logarithm of their number. Products of f32 are rounded after each multiplication.
Values run_reduction(const Node& node, const Graph& graph, Gpu& gpu);

}  // namespace anneal::array::gpu
