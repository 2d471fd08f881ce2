// The minimizers of a genome.
#pragma once

#include <vector>

#include "anneal/align.h"
#include "map/minimap/genome.h"
#include "map/minimap/sketch.h"

namespace anneal::map {

/// By the last bits of their hashes.
using MinimizerBuckets = std::vector<std::vector<mm128_t>>;

/// Those that minimap2's mm_sketch() finds in each sequence, in 2^bits buckets and there in any order, by all of TBB's
/// threads. Progress counts letters. Throws Error(cancelled).
MinimizerBuckets sketch_genome(const Genome& genome, const SketchOptions& options, int bits, const RunControl& control);

}  // namespace anneal::map
