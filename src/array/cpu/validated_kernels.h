// Kernels that are used only if they are right on this processor.
#pragma once

#include "array/cpu/tile_kernels.h"

namespace anneal::array::cpu {

/// `kernels`, with those of `plain` in place of each that gives something else for a few hundred elements, edges
/// included: other integers, or floats that differ by more than 2^-17 of their size (f64: 2^-44).
TileKernels validated(const TileKernels& kernels, const TileKernels& plain);

}  // namespace anneal::array::cpu
