// Errors of the aligner in terms of files and records.
#pragma once

#include <string>

#include "anneal/error.h"
#include "cli/pair_source.h"

namespace anneal::cli {

/// Throws Error(invalid_input) that names the file, the record and the position. Files are named as messages print
/// them; record() of the error may count the pairs twice, once per strand.
[[noreturn]] void rethrow_with_names(const LetterError& error, const PairChunk& chunk, const std::string& query_file,
                                     const std::string& target_file);

}  // namespace anneal::cli
