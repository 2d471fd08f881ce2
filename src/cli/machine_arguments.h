// The options about processors, threads and memory as settings of the library.
#pragma once

#include <string>

#include "anneal/align.h"
#include "cli/values.h"

namespace anneal::cli {

/// Throws Error(invalid_argument) for contradictions and Error(unavailable) for a GPU or device that this machine
/// lacks.
AlignerSettings machine_arguments(const Values& values);

/// These settings with what they leave open decided, and the backend by its own name. Throws Error(invalid_argument)
/// for an unknown one, and Error(unavailable) for one that this machine lacks.
AlignerSettings resolved_settings(const AlignerSettings& settings);

/// "avx2", or what auto chooses from.
std::string describe_backend(const std::string& engine);

}  // namespace anneal::cli
