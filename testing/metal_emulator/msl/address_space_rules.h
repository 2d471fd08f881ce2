#pragma once

#include "msl/scopes.h"
#include "msl/source.h"

namespace metal_emulator {

/// Every pointer and reference says which address space it points to.
void check_address_spaces(const Source& source, const Scopes& scopes);

/// Variables outside functions and static ones are constant; threadgroup variables are in kernels only.
void check_variables(const Source& source, const Scopes& scopes);

}  // namespace metal_emulator
