#pragma once

#include "msl/scopes.h"
#include "msl/source.h"

namespace metal_emulator {

/// No function calls itself, directly or through others. Functions are told apart by name, class and number of
/// parameters; calls of members of other objects, of qualified names and with template arguments are not followed.
void check_recursion(const Source& source, const Scopes& scopes);

}  // namespace metal_emulator
