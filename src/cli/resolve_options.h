// From the arguments and a look at the records to the options of the aligner.
#pragma once

#include <string>

#include "cli/align_arguments.h"
#include "cli/database_source.h"
#include "cli/record_stream.h"

namespace anneal::cli {

struct ResolvedAlphabet {
  Alphabet alphabet;
  std::string note;  ///< "alphabet protein", and how that was decided
};

/// Samples the queries where the arguments do not say the alphabet. Throws Error(invalid_input) where the database is
/// of another one.
ResolvedAlphabet resolve_alphabet(const ScoringArguments& arguments, RecordStream& queries, DatabaseSource& database);

struct ResolvedOptions {
  AlignOptions options;
  std::string alphabet_note;
};

/// Samples both streams where the arguments do not say the alphabet. Throws Error(invalid_input) where they differ.
ResolvedOptions resolve_options(const AlignArguments& arguments, RecordStream& queries, RecordStream& targets);
ResolvedOptions resolve_options(const AlignArguments& arguments, RecordStream& queries, DatabaseSource& database);

}  // namespace anneal::cli
