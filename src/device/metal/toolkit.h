// What only a program with Metal has.
#pragma once

#include "device/metal/runtime_api.h"

namespace anneal::device::metal {

/// Metal by metal-cpp; null in a build without.
RuntimeApi* toolkit_api();

}  // namespace anneal::device::metal
