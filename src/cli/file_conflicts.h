// Inputs and outputs that cannot go together.
#pragma once

#include "cli/align_arguments.h"

namespace anneal::cli {

/// Throws Error(invalid_argument) where both inputs are standard input, under any of its names, and where the output
/// would replace an input or the matrix.
void refuse_file_conflicts(const AlignArguments& arguments);

}  // namespace anneal::cli
