// Nodes that do not fit a GPU's memory.
#pragma once

#include "array/gpu/gpu.h"
#include "array/node.h"

namespace anneal::array::gpu {

/// Whether the values of `node`, and what they are computed from, take more than `gpu` lends in all.
bool is_too_large(const Node& node, const Gpu& gpu);

/// The values, in the host's memory. What they are computed from is brought there, too, and is cut along one axis into
/// parts that are computed one after the other, smaller ones where memory does not suffice. Reductions are cut along an
/// axis that stays, if one is long enough; else, parts are reduced together, and sums of floats are rounded once more.
/// Throws Error(out_of_memory) where there is no smaller part.
Values evaluate_in_parts(Node& node, Gpu& gpu);

}  // namespace anneal::array::gpu
