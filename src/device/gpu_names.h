// How the GPUs of one kind, such as CUDA's, are called: each by its number, and all of them together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/device.h"

namespace anneal::device {

/// "cuda" for device 0 of family "cuda", "cuda:N" for the others.
std::string gpu_name(std::string_view family, int ordinal);

/// The device that a name or alias means; nothing for other names. "cuda:0" is device 0, too.
std::optional<int> gpu_ordinal(std::string_view family, std::string_view name);

/// Backend `ordinal` of a family; available where `reason` is empty.
Backend gpu_backend(std::string_view family, int ordinal, std::string device, std::string reason);

/// The devices of a family that are available.
std::vector<int> available_gpus(std::string_view family, const std::vector<Backend>& backends);

/// Puts one before them that is those together that are available, where these are two or more. Where one is, `name`
/// becomes an alias of it.
void add_all_gpus(std::vector<Backend>& backends, std::string_view name);

}  // namespace anneal::device
