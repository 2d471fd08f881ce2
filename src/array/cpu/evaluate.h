// Computing a node's values with given kernels and threads.
#pragma once

#include "array/cpu/tile_kernels.h"
#include "array/graph.h"
#include "device/cpu/queue.h"

namespace anneal::array::cpu {

/// Does not look at whether the node has values already. What must be computed before, it computes by Node::values().
Values evaluate(Node& node, const TileKernels& kernels, device::cpu::Queue& queue);

/// What arrays of this process are computed by: as many threads as there are usable processors.
device::cpu::Queue& array_queue();

}  // namespace anneal::array::cpu
