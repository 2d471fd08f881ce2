// One thread of the GPU.
#pragma once

#include <cstdint>
#include <string>

#include "grid/fiber.h"
#include "msl/stdlib/kernel_abi.h"

namespace metal_emulator {

enum class LaneState : std::uint8_t {
  ready,
  at_exchange,  ///< a function that all lanes of the simdgroup take part in
  at_simdgroup_barrier,
  at_threadgroup_barrier,
  done
};

/// "program_source:12".
inline std::string text_of(Place place) {
  return std::string(place.file == nullptr ? "program_source" : place.file) + ":" + std::to_string(place.line);
}

struct Lane {
  Fiber* fiber = nullptr;
  LaneState state = LaneState::done;
  unsigned operation = 0;       ///< where it waits: which function, or memory flags
  Place place{};                ///< where it waits, in the source
  std::uint32_t exchanges = 0;  ///< how often it waited for its simdgroup
  ThreadInputs inputs{};

  bool waits_for_simdgroup() const {
    return state == LaneState::at_exchange || state == LaneState::at_simdgroup_barrier;
  }
  bool is_where(const Lane& other) const {
    return state == other.state && operation == other.operation && place.line == other.place.line &&
           place.file == other.place.file;
  }
  bool waits_as(const Lane& other) const { return is_where(other) && exchanges == other.exchanges; }
};

}  // namespace metal_emulator
