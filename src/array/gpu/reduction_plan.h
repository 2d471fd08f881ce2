// How a reduction is shared among threads.
#pragma once

#include <cstdint>

namespace anneal::array::gpu {

/// What is reduced to one result is `elements`, in chunks of neighbours; chunks are shared out among parts, and those
/// of a part in turns among `lanes` threads of a group, of which each combines the elements at the same place of its
/// chunks, then those. Lanes are combined by halves, then parts by a second kernel. So the order of all this follows
/// from this struct, and that follows from shapes alone where `chunk` does.
struct ReductionPlan {
  std::int64_t results;
  std::int64_t elements;  ///< of each result
  int chunk;
  int lanes;  ///< a power of 2
  std::int64_t parts;
  std::int64_t part_chunks;

  std::int64_t chunks() const { return elements / chunk; }
};

/// `ends_reduced`: the last axis of more than one element is reduced, so that lanes have neighbouring elements.
ReductionPlan plan_reduction(std::int64_t results, std::int64_t elements, int chunk, bool ends_reduced);

}  // namespace anneal::array::gpu
