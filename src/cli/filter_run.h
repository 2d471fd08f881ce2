// anneal filter from reads to reads.
#pragma once

#include "cli/filter_arguments.h"

namespace anneal::cli {

/// Throws anneal::Error; no output has then appeared under its name.
void filter_reads(const FilterArguments& arguments);

}  // namespace anneal::cli
