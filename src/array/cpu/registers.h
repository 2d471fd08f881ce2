// Which values share a register.
#pragma once

#include <cstdint>
#include <vector>

#include "array/cpu/program.h"

namespace anneal::array::cpu {

using ValueNumber = std::uint32_t;
inline constexpr ValueNumber no_value = 0;

/// A tile that an instruction makes, or a leaf that is read in place.
struct Value {
  std::uint8_t element_size = 0;
  bool is_kept = false;        ///< has a register for itself
  Slot slot = no_slot;         ///< where it is known
  std::uint32_t last_use = 0;  ///< the last instruction that reads it
};

/// Turns the numbers of values in program.instructions into slots, by linear scan: registers are free for others after
/// the last use of their value. `result` goes to the output, unless it is a leaf in place.
void assign_registers(ValueNumber result, std::vector<Value>& values, Program& program);

}  // namespace anneal::array::cpu
