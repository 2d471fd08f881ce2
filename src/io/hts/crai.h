// Whether a CRAI can be that of its file.
#pragma once

#include <string>

#include "anneal/io/alignment_header.h"
#include "io/hts/file.h"

namespace anneal::io::hts {

/// Throws Error(invalid_input) where it is no CRAI, names sequences that the header lacks, or has containers at places
/// where the file has none.
void check_crai(const std::string& path, const InputFile& file, const AlignmentHeader& header);

}  // namespace anneal::io::hts
