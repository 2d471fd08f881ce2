// `anneal view` from a file of any format to another one.
#pragma once

#include "cli/view_arguments.h"

namespace anneal::cli {

/// Finds out what the input holds and has the family of formats that it belongs to view it. Throws anneal::Error; a
/// regular output file then has not appeared under its name.
void view_file(const ViewArguments& arguments);

}  // namespace anneal::cli
