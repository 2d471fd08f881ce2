// One operation on what fits a tile: most of what is done to small arrays. It takes no graph, no program and no
// machine, which take longer to set up than a thousand elements to compute.
#pragma once

#include <optional>

#include "array/cpu/tile_kernels.h"
#include "array/node.h"

namespace anneal::array::cpu {

/// The values of an elementwise node, or of a reduction of all axes to a value, where its inputs are known, of one
/// shape with 1 or more elements in row-major order, at most a tile each, and of types that are computed as they are;
/// else nothing. The bits are those of any other way.
std::optional<Values> evaluate_one_tile(const Node& node, const TileKernels& kernels);

}  // namespace anneal::array::cpu
