// Regions from a BED file.
#pragma once

#include <string>
#include <vector>

#include "anneal/io/alignment_header.h"

namespace anneal::io {

/// The first three columns of each line, in the file's order, or of standard input for "-"; compressed or not. Throws
/// Error(io), and Error(invalid_input) that names the line with a sequence that the header lacks or with positions that
/// are none.
std::vector<Region> read_bed_regions(const std::string& path, const AlignmentHeader& header);

}  // namespace anneal::io
