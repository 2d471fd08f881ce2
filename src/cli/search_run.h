// `anneal search` from files to a file.
#pragma once

#include "cli/search_arguments.h"

namespace anneal::cli {

/// Throws anneal::Error; the output then has not appeared under its name.
void search_files(const SearchArguments& arguments);

}  // namespace anneal::cli
