// Records as FASTA and FASTQ.
#pragma once

#include <cstddef>
#include <string>

#include "anneal/io/sequences.h"

namespace anneal::io {

/// Appends a record; FASTA with lines of `line_width` letters, or one line for 0. The quality of a FASTQ record must be
/// as long as its sequence.
void append_fasta(std::string& text, const SequenceRecord& record, std::size_t line_width = 0);
void append_fastq(std::string& text, const SequenceRecord& record);

}  // namespace anneal::io
