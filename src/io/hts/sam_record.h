// One line of SAM as htslib's record.
#pragma once

#include <htslib/sam.h>

#include <string>

#include "io/hts/text.h"

namespace anneal::io::hts {

/// Fills `bam`, and changes the line. Returns what is wrong, as what follows "line 7 of x.sam "; empty where nothing
/// is.
std::string parse_sam_record(Text& line, sam_hdr_t* header, bam1_t* bam);

}  // namespace anneal::io::hts
