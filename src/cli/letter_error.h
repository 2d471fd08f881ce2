// Errors of the aligner in terms of files and records.
#pragma once

#include <string>

#include "anneal/error.h"
#include "cli/pair_source.h"

namespace anneal::cli {

/// `number` of the record in its file, from 1; `position` in it, from 0. The file is named as messages print it.
Error named_error(const LetterError& error, std::uint64_t number, const io::Record& record, std::size_t position,
                  const std::string& file);

/// Throws Error(invalid_input) that names the file, the record and the position. Files are named as messages print
/// them; record() of the error may count the pairs twice, once per strand.
[[noreturn]] void rethrow_with_names(const LetterError& error, const PairChunk& chunk, const std::string& query_file,
                                     const std::string& target_file);

}  // namespace anneal::cli
