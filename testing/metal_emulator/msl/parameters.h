#pragma once

#include <vector>

#include "msl/edits.h"
#include "msl/kernels.h"
#include "msl/source.h"

namespace metal_emulator {

/// A kernel's parameters, from `first` to the parenthesis at `close`. Removes their attributes.
std::vector<KernelParameter> parse_parameters(const Source& source, std::size_t first, std::size_t close, Edits& edits);

}  // namespace metal_emulator
