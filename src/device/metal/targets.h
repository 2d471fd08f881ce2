// GPUs that Metal knows, by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/device.h"
#include "device/metal/runtime.h"

namespace anneal::device::metal {

inline constexpr std::string_view absent_from_build = "this build has no Metal, which only macOS has";

/// "metal" for device 0, which is also "metal:0"; "metal:N" for the others.
std::string backend_name(int ordinal);

/// The device that a backend's name or alias means; nothing for other names.
std::optional<int> ordinal_of(std::string_view name);

/// One entry per device, the system's default one first. Without any there is one entry that says why. What the first
/// call finds holds for this process.
std::vector<Backend> list_backends();

/// Whether list_backends() has one that can be used.
bool is_available();

/// As list_backends(), by this runtime; null stands for a build without Metal. Asks it each time.
std::vector<Backend> list_backends(Runtime* runtime);

/// Why `target`, a name that list_backends() lacks, is not there; empty for names that are none of Metal's.
std::string why_not_built(std::string_view target);

}  // namespace anneal::device::metal
