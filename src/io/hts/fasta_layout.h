// Whether places in a FASTA or FASTQ file can be computed from its index.
#pragma once

#include <string>

namespace anneal::io::hts {

/// Throws Error(invalid_input) naming the line or record: for a name that is missing or occurs twice, and in FASTA for
/// a line that is longer than the first one of its sequence, or behind a shorter one.
void check_layout(const std::string& path);

}  // namespace anneal::io::hts
