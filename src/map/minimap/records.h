// Between minimap2's records and our types.
#pragma once

#include <vector>

#include "map/minimap/hits.h"
#include "map/region.h"

namespace anneal::map {

std::vector<Anchor> anchors_of(const Hits& hits);

/// The chain of a record among the anchors of its read. `anchors` are those of anchors_of().
Chain chain_of(const mm_reg1_t& record, std::span<const Anchor> anchors, int query_length, int target_length);

/// Stores an alignment in a record of a read of `query_length` letters.
void store(const AlignedRegion& aligned, int query_length, mm_reg1_t& record);

/// Of a record whose parent is known.
Mapping::Kind kind_of(const mm_reg1_t& record);

/// A record with its alignment. `is_flipped`: the reverse complement of the read was mapped.
Mapping mapping_of(const mm_reg1_t& record, int query_length, bool is_flipped);

}  // namespace anneal::map
