// Mapped reads as lines of PAF.
#pragma once

#include <string>

#include "anneal/map.h"
#include "map/sam_records.h"

namespace anneal::map {

/// Appends a line for each mapping, with the tags of minimap2's PAF, where XS, SA and RG are not, and the CIGAR as cg.
void append_paf(std::string& text, const MapIndex& index, const RecordOptions& options, const io::SequenceRecord& read,
                const MappedRead& mapped);

}  // namespace anneal::map
