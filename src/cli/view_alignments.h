// `anneal view` of SAM, BAM and CRAM.
#pragma once

#include <stop_token>

#include "anneal/io/threads.h"
#include "cli/view_arguments.h"
#include "io/hts/file.h"

namespace anneal::cli {

/// Throws anneal::Error, Error(cancelled) after a stop.
void view_alignments(io::hts::InputFile file, const ViewArguments& arguments, const io::IoThreads& threads,
                     const std::stop_token& stop);

}  // namespace anneal::cli
