// The index of a genome.
#pragma once

#include "map/minimap/genome.h"
#include "map/minimap/index.h"

namespace anneal::map {

/// Equal to what minimap2's mm_idx_str() makes, slot by slot, by all of TBB's threads.
OwnedIndex build_index(Genome genome, const mm_idxopt_t& options);

}  // namespace anneal::map
