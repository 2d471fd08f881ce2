// The kernels of 8 bits for DNA with tiles of another shape than tile_shapes.h chooses anywhere.
#pragma once

#include "align/cpu/kernel_families.h"

namespace anneal::test {

/// For a Highway target that this machine can run.
align::cpu::LaneKernels other_tiles_for(std::int64_t target);

}  // namespace anneal::test
