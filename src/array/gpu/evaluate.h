// Computing a node's values on a GPU.
#pragma once

#include "array/gpu/gpu.h"
#include "array/node.h"

namespace anneal::array::gpu {

/// The values of a node that has none, in the memory of `gpu`, or in the host's where they, or what they are computed
/// from, do not fit there: then parts of them are computed one after the other. A chain of elementwise nodes, and a
/// reduction after it, is one kernel, compiled once for all graphs of the same structure; what must be computed before,
/// and parts of chains that are too long for a kernel, it has computed by Node::values().
///
/// Throws Error(unavailable) for f64 where the GPU has no such type, Error(out_of_memory) where not even a part
/// fits, and what the device reports.
Values evaluate(Node& node, Gpu& gpu);

/// The same in one part: throws Error(out_of_memory) where that does not fit.
Values evaluate_whole(Node& node, Gpu& gpu);

}  // namespace anneal::array::gpu
