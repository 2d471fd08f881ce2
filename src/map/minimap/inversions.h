// Short inversions, which have too few seeds to be chains: the other strand between two parts of one.
#pragma once

#include <vector>

#include "map/aligners.h"
#include "map/minimap/hits.h"
#include "map/minimap/index.h"
#include "map/strands.h"

namespace anneal::map {

/// Two records of a read between which an inversion is likely. Both have their alignments.
struct InversionGap {
  Hits* hits;
  const Strands* strands;
  std::size_t before, behind;  ///< of the records, along the target
};

/// Appends the inversions to the reads' hits.
void align_inversions(const MapIndex::Impl& index, const AlignLimits& limits, const Aligners& aligners,
                      const std::vector<InversionGap>& gaps, const RunControl& control);

}  // namespace anneal::map
