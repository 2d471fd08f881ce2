// Paths that are a gap at most, which no kernel has to find.
#pragma once

#include "align/cigar_collector.h"
#include "align/run.h"

namespace anneal::align::gpu {

/// Stores the path of a pair whose Run::path_end() is on the first row or column, as `writer`'s.
void store_edge_path(Run& run, std::size_t pair, CigarCollector& cigars, int writer);

}  // namespace anneal::align::gpu
