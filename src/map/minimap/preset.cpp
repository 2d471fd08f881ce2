#include "map/minimap/preset.h"

#include <string>

namespace anneal::map {

Parameters parameters_of(MapPreset preset) {
  Parameters parameters;
  mm_set_opt(nullptr, &parameters.index, &parameters.mapping);
  mm_set_opt(std::string(name_of(preset)).c_str(), &parameters.index, &parameters.mapping);
  parameters.mapping.flag |= MM_F_CIGAR;
  return parameters;
}

}  // namespace anneal::map

namespace anneal {

MapScoring scoring_of(MapPreset preset) {
  const mm_mapopt_t mapping = map::parameters_of(preset).mapping;
  return {
      .match = mapping.a, .mismatch = mapping.b, .gap = {mapping.q, mapping.e}, .second_gap = {mapping.q2, mapping.e2}};
}

}  // namespace anneal
