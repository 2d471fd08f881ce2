// Cutting passes that are too large for one kernel.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "array/graph.h"

namespace anneal::array::gpu {

/// What a kernel may have: Metal's have 31 arguments, and compilers take time that grows faster than texts do.
struct KernelLimits {
  std::size_t operations;  ///< and constants
  std::size_t leaves;      ///< in memory
};

/// Of a pass over so many axes, whose leaves have strides along each: those must fit Words.
KernelLimits limits_for(std::size_t axes);

/// The nodes of `graph` whose values must be there before, so that what is left, and what each of these is computed
/// from, is within limits: inputs before their users. None where it is already.
std::vector<std::shared_ptr<Node>> cuts(const Graph& graph, const KernelLimits& limits);

}  // namespace anneal::array::gpu
