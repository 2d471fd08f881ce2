// Inputs that htslib reads.
#pragma once

#include <string>

#include "anneal/io/threads.h"
#include "io/hts/file.h"

namespace anneal::cli {

/// Throws Error(invalid_input) for one that is missing, too: that is the user's slip, unlike a disk that fails later
/// on.
io::hts::InputFile open_hts_file(const std::string& path, const io::IoThreads& threads);

}  // namespace anneal::cli
