// The whole run of `anneal align`: read, align, format and write, all at once and in bounded memory.
#pragma once

#include "cli/align_arguments.h"

namespace anneal::cli {

/// Throws anneal::Error; what was to be written under the output's name then does not appear there.
void align_files(const AlignArguments& arguments);

}  // namespace anneal::cli
