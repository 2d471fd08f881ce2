// What Metal's validation layer checks of a dispatch.
#pragma once

#include "metal/compute_encoder.h"

namespace metal_emulator {

/// Ends the program where something is missing or does not fit. `threadgroup_lengths`: by index.
void validate_dispatch(const Pipeline* pipeline, const BoundArguments& arguments,
                       const std::array<std::uint32_t, most_bindings>& threadgroup_lengths, Size threads, Size group);

}  // namespace metal_emulator
