// What tells whether a checkpoint belongs to a search.
#pragma once

#include <string>

#include "cli/search_arguments.h"
#include "io/record_batch.h"

namespace anneal::cli {

/// Of all that the output depends on but for the sequences: this build, the scoring and the options.
std::string fingerprint_of(const SearchArguments& arguments, const SearchOptions& options);

std::string digest_of(const io::RecordBatch& records);

[[noreturn]] void refuse_other_database(const std::string& database_file);

/// Throws Error(invalid_input) where the digests differ.
void refuse_other_queries(const std::string& saved, const std::string& found, const std::string& query_file);

}  // namespace anneal::cli
