// What Metal's compiler refuses and C++'s does not, as far as tokens show it. README.md lists the rules.
#pragma once

#include "msl/scopes.h"
#include "msl/source.h"

namespace metal_emulator {

/// Throws SourceError.
void check_rules(const Source& source, const Scopes& scopes);

}  // namespace metal_emulator
