// minimap2's parameters of a preset.
#pragma once

#include "anneal/map.h"
#include "map/minimap/library.h"

namespace anneal::map {

struct Parameters {
  mm_idxopt_t index;
  mm_mapopt_t mapping;

  bool is_short() const { return (mapping.flag & MM_F_SR) != 0; }
  bool names_secondary() const { return (mapping.flag & MM_F_NO_PRINT_2ND) == 0; }
};

/// Without what depends on the genome, which mm_mapopt_update() adds.
Parameters parameters_of(MapPreset preset);

}  // namespace anneal::map
