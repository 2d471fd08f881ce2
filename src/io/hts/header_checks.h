// What of a header of SAM htslib takes, although it makes no sense.
#pragma once

#include <htslib/sam.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace anneal::io::hts {

constexpr std::int64_t longest_reference = std::int64_t{1} << 62;

/// Throws Error(invalid_input) for an @SQ line of which LN is no number of 1 to 2^62, which htslib takes for another.
void check_reference_lengths(std::string_view header_text);

/// What is wrong with a header that htslib has refused, which it only prints: a line that is none, or a name that comes
/// twice. Empty where it is neither.
std::string defect_of_header(std::string_view header_text);

/// Whether programs in @PG lines are each other's previous ones (PP), so that none is the last.
bool has_program_cycle(sam_hdr_t* header);

}  // namespace anneal::io::hts
