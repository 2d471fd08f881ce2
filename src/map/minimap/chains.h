// Chains of anchors, which say where reads may align.
#pragma once

#include <array>
#include <string_view>

#include "map/minimap/hits.h"
#include "map/minimap/seeds.h"

namespace anneal::map {

/// A read, or two mates.
struct Fragment {
  std::array<Hits, 2> hits;  ///< of each segment, the best first; mm_reg1_t::as counts within their anchors
  int repeat_length = 0;
};

/// Stages of minimap2's mm_map_frag up to base-level alignment. `name` decides between equally good places. Chains span
/// `longest_fragment` letters at most; 0: minimap2's limit.
Fragment find_chains(const MapIndex::Impl& index, Pool& pool, std::string_view name, Segments segments,
                     int longest_fragment = 0);

}  // namespace anneal::map
