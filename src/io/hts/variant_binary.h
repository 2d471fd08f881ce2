// Records of BCF, checked for what htslib takes without a word.
#pragma once

#include <htslib/vcf.h>

#include <optional>
#include <string>

namespace anneal::io::hts {

/// What is wrong with a record, and how to mend it: it refers to what the header does not define, or has another number
/// of samples. Nothing where it can be used.
std::optional<std::string> find_defect(const bcf_hdr_t* header, bcf1_t* record);

}  // namespace anneal::io::hts
