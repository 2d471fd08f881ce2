// What no test may go on after: Metal used as its documentation forbids, or a part of it that is not emulated.
#pragma once

#include <string>

namespace metal_emulator {

/// Prints "metal_emulator: `what`" to stderr and aborts.
[[noreturn]] void stop(const std::string& what);

}  // namespace metal_emulator
