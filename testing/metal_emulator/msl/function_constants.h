#pragma once

#include <vector>

#include "msl/edits.h"
#include "msl/source.h"

namespace metal_emulator {

/// Makes macros of `constant T name [[function_constant(n)]];`. All n, in order.
std::vector<unsigned> rewrite_function_constants(const Source& source, Edits& edits);

/// The macro that declares the constant with that number.
std::string function_constant_macro(unsigned number);
/// A definition of it. `value`: an expression; empty where the host gave none.
std::string define_function_constant(unsigned number, const std::string& value);

}  // namespace metal_emulator
