// Which alignments of a read are kept, what they are, and how sure they are.
#pragma once

#include <array>

#include "map/minimap/chains.h"

namespace anneal::map {

/// Drops poor alignments, sorts the others, and sets parents, mapping qualities and proper pairs, as minimap2 does.
/// Every record has its mm_extra_t. `lengths` are those of the segments.
void select_alignments(const MapIndex::Impl& index, const Pool& pool, std::span<const int> lengths, Fragment& fragment);

}  // namespace anneal::map
