// Tile kernels in plain loops, with NumPy's semantics: what all others must agree with.
#pragma once

#include "array/cpu/tile_kernels.h"

namespace anneal::array::cpu {

/// Sums and products are pairwise.
const TileKernels& plain_tile_kernels();

/// IEEE binary16 and bfloat16, rounded to the nearest, halves to even.
float half_to_float(std::uint16_t bits);
std::uint16_t float_to_half(double value);
float bfloat16_to_float(std::uint16_t bits);
std::uint16_t float_to_bfloat16(float value);

}  // namespace anneal::array::cpu
