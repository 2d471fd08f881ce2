// Which alignments of a read are kept, what they are, and how sure they are.
#pragma once

#include "map/minimap/chains.h"

namespace anneal::map {

/// Drops poor alignments, sorts the others, and sets parents and mapping qualities, as minimap2 does. Every record has
/// its mm_extra_t. `length` is that of the read.
void select_alignments(const MapIndex::Impl& index, const Pool& pool, int length, int repeat_length, Hits& hits);

}  // namespace anneal::map
