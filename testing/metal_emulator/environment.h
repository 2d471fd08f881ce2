// Settings by environment variables, so that a test program runs as it is on another device or in another order.
#pragma once

#include <string>

#include "include/metal_emulator.h"

namespace metal_emulator {

/// The defaults, and what METAL_EMULATOR_DEVICE, _SCHEDULE, _CHECK, _STRICT, _WORKERS and _DELAY change. A value that
/// none of them knows ends the program.
Settings settings_of_environment();

/// `otherwise` where it is not set or empty.
std::string environment(const char* name, const std::string& otherwise);

}  // namespace metal_emulator
