// The parts of the table of tile kernels, each compiled in a file of its own.
#pragma once

#include <cstdint>
#include <string_view>

#include "array/cpu/tile_kernels.h"

namespace anneal::array::cpu {

/// What one file adds to the table, for one of Highway's targets.
using AddTileKernels = void (*)(TileKernels& table);

/// Everything, in plain C++. There are none (null) for:
/// - operations that is_of_floats() says are for floats, of integers and booleans;
/// - power, modulo, negative and sign of booleans;
/// - Reduction::any and ::all of anything but booleans.
/// Of booleans, add, maximum and sum are or; multiply, minimum and product are and; subtract is exclusive or.
void add_plain_kernels(TileKernels& table);

/// For a single bit of HWY_TARGETS: arithmetic of all kinds, functions of f32, casts, and reductions. They replace
/// those in the table that they are better than.
AddTileKernels tile_loops_for(std::int64_t target);
AddTileKernels tile_functions_for(std::int64_t target);
AddTileKernels tile_casts_for(std::int64_t target);
AddTileKernels tile_reductions_for(std::int64_t target);

/// The kernels of a backend that this machine can run, "scalar" being those in plain C++; else null.
const TileKernels* find_tile_kernels(std::string_view backend);

}  // namespace anneal::array::cpu
