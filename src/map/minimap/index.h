// An index of minimap2's with what MapIndex adds.
#pragma once

#include <memory>

#include "anneal/map.h"
#include "map/minimap/preset.h"

namespace anneal::map {

struct DestroyIndex {
  void operator()(mm_idx_t* index) const { mm_idx_destroy(index); }
};
using OwnedIndex = std::unique_ptr<mm_idx_t, DestroyIndex>;

}  // namespace anneal::map

namespace anneal {

struct MapIndex::Impl {
  map::OwnedIndex minimizers;
  MapPreset preset = MapPreset::sr;
  map::Parameters parameters;  ///< those that depend on the genome included
};

}  // namespace anneal

namespace anneal::map {

/// Takes an index over. Throws Error(invalid_input) naming `source` where its minimizers are not those of the preset.
MapIndex own(OwnedIndex minimizers, MapPreset preset, const std::string& source);

/// Throws that error. `flags` are minimap2's.
void check_minimizers(int letters, int window, int flags, MapPreset preset, const std::string& source);

/// Codes of letters begin..end-1 of a target: 0..3 for A, C, G, T, 4 for others. `codes` has room for them.
void copy_codes(const MapIndex::Impl& index, int target, std::int64_t begin, std::int64_t end, char* codes);

}  // namespace anneal::map
