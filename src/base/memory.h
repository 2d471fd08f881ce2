// Main memory, in bytes.
#pragma once

#include <cstdint>

namespace anneal::base {

/// What this machine has, or the limit of this process's cgroups where that is less. 0 where it is unknown.
std::uint64_t total_memory();

/// What this process can still take without swapping: the least of what the machine has left and of what each of its
/// cgroups has left. 0 where it is unknown.
std::uint64_t available_memory();

}  // namespace anneal::base
