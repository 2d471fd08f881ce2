#pragma once

#include "msl/edits.h"
#include "msl/source.h"

namespace metal_emulator {

/// Whether the statement at `place` declares a variable in threadgroup memory, not a pointer or a reference to it.
bool declares_threadgroup_variable(const Source& source, std::size_t place);

/// Makes the variables that a kernel's body, places first .. end - 1, declares in threadgroup memory references to it.
/// They are numbered from `next` on.
void rewrite_threadgroup_variables(const Source& source, std::size_t first, std::size_t end, unsigned& next,
                                   Edits& edits);

}  // namespace metal_emulator
