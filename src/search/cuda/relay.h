// How the warps of a block work on strips of the same item, one below the other: each some columns behind the one
// above.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::search::cuda {

inline constexpr int relay_phase_blocks = 16;  ///< StripProgram's blocks that a warp does between two barriers
inline constexpr int relay_lag = 2;            ///< phases that a warp is behind the one above

/// Blocks that a warp does in a phase; maybe none.
struct Phase {
  int first;
  int last;
};

ANNEAL_FN int relay_phases(int blocks, int warps) {
  return (blocks + relay_phase_blocks - 1) / relay_phase_blocks + relay_lag * (warps - 1);
}

ANNEAL_FN Phase relay_phase(int phase, int warp, int blocks) {
  const int first = (phase - relay_lag * warp) * relay_phase_blocks;
  if (first < 0 || first >= blocks) return {0, 0};
  return {first, first + relay_phase_blocks < blocks ? first + relay_phase_blocks : blocks};
}

}  // namespace anneal::search::cuda
