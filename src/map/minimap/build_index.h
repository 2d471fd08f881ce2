// The index of a genome.
#pragma once

#include "anneal/align.h"
#include "map/minimap/genome.h"
#include "map/minimap/index.h"

namespace anneal::map {

/// Equal to what minimap2's mm_idx_str() makes, slot by slot, by all of TBB's threads. Throws Error(cancelled).
OwnedIndex build_index(Genome genome, const mm_idxopt_t& options, const RunControl& control = {});

}  // namespace anneal::map
