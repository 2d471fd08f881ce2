// Parts of what a node is computed from.
#pragma once

#include <cstdint>
#include <memory>

#include "array/graph.h"

namespace anneal::array::gpu {

/// Places first .. last - 1 of an axis.
struct Part {
  int axis;
  std::int64_t first;
  std::int64_t last;
};

/// The same computation as the last node of `graph`, whose shape `axis` counts in and whose leaves are in the host's
/// memory, of that part alone. `root` has that node, or is it.
std::shared_ptr<Node> part_of(const Graph& graph, const Node& root, const Part& part);

}  // namespace anneal::array::gpu
