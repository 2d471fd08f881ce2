// Runs the kernels of alignment.metal and matrix_product.metal, and says how many results are wrong.
#pragma once

#include <string>

#include "gpu.h"

namespace metal_emulator {

struct Outcome {
  std::string error;      ///< of compiling or running; nothing where neither failed
  std::size_t wrong = 0;  ///< results that differ from the host's

  bool is_right() const { return error.empty() && wrong == 0; }
};
std::ostream& operator<<(std::ostream& stream, const Outcome& outcome);

/// Random pairs of up to 150 letters.
Outcome align_in_threads(Gpu& gpu, const std::string& source, unsigned pairs);
Outcome align_in_simdgroups(Gpu& gpu, const std::string& source, unsigned pairs);
/// Of sizes that are no multiples of a tile.
Outcome multiply_matrices(Gpu& gpu, const std::string& source);

}  // namespace metal_emulator
