// Lines of VCF, checked for what htslib takes without a word.
#pragma once

#include <htslib/vcf.h>

#include <optional>
#include <string>
#include <string_view>

namespace anneal::io::hts {

/// What is wrong with a line, and how to mend it: columns that are missing, positions and numbers that are none or that
/// do not fit. Nothing where it can be parsed.
std::optional<std::string> find_defect(const bcf_hdr_t* header, std::string_view line);

/// "chr1:100", as messages name a record; less where the line has less.
std::string place_of(std::string_view line);

}  // namespace anneal::io::hts
