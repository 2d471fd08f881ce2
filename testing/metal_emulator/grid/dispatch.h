// A grid of threads that run a kernel.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "include/metal_emulator.h"
#include "msl/stdlib/kernel_abi.h"

namespace metal_emulator {

class ShadowMemory;

constexpr unsigned most_bindings = 31;

/// What a kernel may touch through one of its arguments.
struct BoundMemory {
  void* address = nullptr;
  std::size_t bytes = 0;
  ShadowMemory* shadow = nullptr;  ///< of the whole buffer; null: nothing but bounds is checked
  std::size_t shadow_offset = 0;
  bool is_blank = false;  ///< what nobody wrote is undefined
};

struct Dispatch {
  const Kernel* kernel = nullptr;
  std::array<BoundMemory, most_bindings> buffers;
  std::array<std::uint32_t, most_bindings> threadgroup_lengths{};  ///< bytes of dynamic threadgroup memory
  Extent threads{};                                                ///< need not be a multiple of the group's
  Extent group{};
  std::uint32_t max_threadgroup_memory = 0;  ///< bytes
  bool runs_beside_previous = false;         ///< no barrier between it and the dispatch before
};

/// Runs all threads. What the kernel did wrong, or nothing.
std::string run(const Dispatch& dispatch, const Settings& settings);

}  // namespace metal_emulator
