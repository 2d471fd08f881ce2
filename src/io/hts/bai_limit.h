// What an index of the kind BAI can hold.
#pragma once

#include <cstdint>

#include "anneal/io/alignment_header.h"

namespace anneal::io::hts {

std::int64_t longest_reference_of(const AlignmentHeader& header);  ///< 0 where there is none

/// Throws Error(invalid_argument) for a header with sequences of 2^29 letters or more.
void check_bai_limit(const AlignmentHeader& header);

}  // namespace anneal::io::hts
