#pragma once

#include <string>
#include <vector>

namespace metal_emulator {

/// Headers of src/align/recurrence and what they include, as one piece of MSL.
std::string recurrence_source(const std::vector<std::string>& headers);

}  // namespace metal_emulator
