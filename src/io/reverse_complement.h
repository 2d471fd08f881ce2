// The other strand of DNA.
#pragma once

#include <string_view>

namespace anneal::io {

/// Writes the reverse complement of `sequence` to `result`, which has room for as many letters and does not overlap
/// it. IUPAC codes keep their meaning and letters their case; other bytes, such as gaps, stay what they are.
void reverse_complement(std::string_view sequence, char* result);

}  // namespace anneal::io
