// From the arguments and a look at the records to the options of the aligner.
#pragma once

#include <string>

#include "cli/align_arguments.h"
#include "cli/record_stream.h"

namespace anneal::cli {

struct ResolvedOptions {
  AlignOptions options;
  std::string alphabet_note;  ///< "alphabet protein", and how that was decided
};

/// Samples both streams where the arguments do not say the alphabet.
ResolvedOptions resolve_options(const AlignArguments& arguments, RecordStream& queries, RecordStream& targets);

}  // namespace anneal::cli
