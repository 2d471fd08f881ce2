// Stands in for toolkit.cpp in builds without Metal. It defines nothing else: programs that link toolkit.cpp
// themselves, as tests do, leave this one out.
#include "device/metal/toolkit.h"

namespace anneal::device::metal {

RuntimeApi* toolkit_api() { return nullptr; }

}  // namespace anneal::device::metal
