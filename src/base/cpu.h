// The processor that this process runs on.
#pragma once

#include <string>

namespace anneal::base {

/// Logical processors that this process may use: its affinity mask, and no more than the CPU quota of its cgroups
/// (rounded up). At least 1.
int usable_processors();

/// The vendor's name of the processor, such as "Intel(R) Xeon(R) Platinum 8481C"; never empty.
std::string processor_name();

/// One line that changes when the model, stepping or microcode does.
std::string processor_identity();

}  // namespace anneal::base
