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

/// The backend that is all devices together.
inline constexpr std::string_view all_devices = "metal:all";

/// The device that a backend's name or alias means; nothing for other names.
std::optional<int> ordinal_of(std::string_view name);

/// The devices that a backend of that name uses: of all_devices, those that are available. None for other names.
std::vector<int> ordinals_of(std::string_view name);

/// One entry per device, the system's default one first. Before them, where two or more are available, all_devices;
/// where one is, that is an alias of it. Without any device there is one entry that says why. What the first call finds
/// holds for this process, but for devices that are lost later.
std::vector<Backend> list_backends();

/// Whether list_backends() has one that can be used.
bool is_available();

/// As list_backends(), by this runtime; null stands for a build without Metal. Asks it each time.
std::vector<Backend> list_backends(Runtime* runtime);

/// Why `target`, a name that list_backends() lacks, is not there; empty for names that are none of Metal's.
std::string why_not_built(std::string_view target);

}  // namespace anneal::device::metal
