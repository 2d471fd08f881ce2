// The kernels of local alignments with tiles of other widths than tile_shapes.h chooses on most machines.
#pragma once

#include "align/cpu/kernel_families.h"

namespace anneal::test {

/// For scores in match form.
struct OtherTiles {
  align::cpu::LaneKernels bits8, bits16;
};

/// For a Highway target that this machine can run.
OtherTiles other_tiles_for(std::int64_t target);

}  // namespace anneal::test
