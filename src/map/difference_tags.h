// Tags that spell out what differs between a read and the genome.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "anneal/cigar.h"

namespace anneal::map {

/// SAM's MD. `cigar` has =, X, I and D; `target` are the letters that it spans.
std::string md_text(std::span<const CigarOp> cigar, std::string_view target);

/// minimap2's cs of the same; `query` are the letters that the CIGAR spans. `is_long`: equal letters are spelt, too.
std::string cs_text(std::span<const CigarOp> cigar, std::string_view query, std::string_view target, bool is_long);

}  // namespace anneal::map
