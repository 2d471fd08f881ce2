// What kernels call.
#pragma once

#include "msl/stdlib/kernel_abi.h"

namespace metal_emulator {

const Services& services();

}  // namespace metal_emulator
