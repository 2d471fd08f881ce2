// The table of backends: what runs where, by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/device.h"
#include "device/device.h"

namespace anneal::device {

/// One kind of processor with all of its targets. A new one adds a folder and one line in registry.cpp.
struct BackendFamily {
  /// Its targets in this build, best first.
  std::vector<Backend> (*list)();
  /// Why this build lacks a target that belongs to the family; empty where it does not belong to it.
  std::string (*why_not_built)(std::string_view target);
  /// `threads`: at most that many on a CPU, 0 for all that the process may use; a GPU ignores it.
  std::unique_ptr<Device> (*open)(const Backend& backend, int threads);
};

/// The backend of that name or alias, in any case; "cpu" is the best available CPU target.
/// Throws Error(invalid_argument) listing the known names for an unknown one, and Error(unavailable) with the reason
/// for one that this machine or this build lacks.
Backend find_backend(std::string_view name);

/// A device to run `backend`, which find_backend() returned.
std::unique_ptr<Device> open_device(const Backend& backend, int threads = 0);

}  // namespace anneal::device
