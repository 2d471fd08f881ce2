// How CRAM 3.1 takes names apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace anneal::io::hts {

/// What a name may have: older encoders write behind their memory where there are more (samtools/htscodecs, pull
/// request 97).
constexpr std::size_t most_name_tokens = 127;

/// At most so many tokens does the encoder see: runs of letters, runs of at most 9 digits of which leading zeros are
/// one of their own, and every other byte alone ("CRAM codec specification", name tokenisation codec).
std::size_t count_name_tokens(std::string_view name);

}  // namespace anneal::io::hts
