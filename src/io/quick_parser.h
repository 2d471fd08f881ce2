// The fast way through ordinary records: those that lie in the buffer as a whole, with one line for each part.
#pragma once

#include <cstddef>
#include <string_view>

#include "io/record.h"

namespace anneal::io {

/// Each parses the record that `text` begins with into views of `text` and returns how many bytes it takes, or 0 where
/// RecordParser must look: the record is cut off, folded, preceded by blank lines, or wrong.
std::size_t parse_ordinary_fasta(std::string_view text, Record& record);
std::size_t parse_ordinary_fastq(std::string_view text, Record& record);

}  // namespace anneal::io
