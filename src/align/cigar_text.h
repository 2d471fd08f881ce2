// Appends CIGARs as text.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "anneal/cigar.h"

namespace anneal::align {

/// Appends decimal digits and a letter.
void append_run(std::string& text, std::uint32_t length, char letter);

/// Appends "10=1X5="; nothing for no operation.
void append_cigar(std::string& text, std::span<const CigarOp> cigar);

/// The same with M in place of = and X: "16M". Neighbouring runs are joined.
void append_classic_cigar(std::string& text, std::span<const CigarOp> cigar);

}  // namespace anneal::align
