// Inputs that htslib reads.
#pragma once

#include <string>

#include "anneal/io/threads.h"
#include "io/hts/file.h"

namespace anneal::cli {

/// Threads for files where none are asked for: more have little to do, and each needs memory.
int usual_file_threads();

/// Throws Error(invalid_input) where it cannot be opened.
void require_input(const std::string& path);

/// Throws what InputStream does, and Error(invalid_input) for Error(io).
io::hts::InputStream open_stream(const std::string& path);

/// Throws what InputFile does, and Error(invalid_input) for Error(io).
io::hts::InputFile open_hts_file(const std::string& path, const io::IoThreads& threads);
/// The same of one that was opened to see what it is.
io::hts::InputFile open_hts_file(io::hts::InputStream stream, const io::IoThreads& threads);

}  // namespace anneal::cli
