// What a mapping spans of its read and of the genome.
#pragma once

#include <string>
#include <string_view>

#include "anneal/map.h"

namespace anneal::map {

/// What is aligned, in the genome's direction.
std::string aligned_query(std::string_view read, const Mapping& mapping);
std::string aligned_target(const MapIndex& index, const Mapping& mapping);

/// Appends =, X, I and D, or M for the first two.
void append_written_cigar(std::vector<CigarOp>& cigar, const Mapping& mapping, bool with_equality);
std::vector<CigarOp> written_cigar(const Mapping& mapping, bool with_equality);

/// minimap2's de: what share of the columns differs, each gap being one.
double divergence(const Mapping& mapping);

/// minimap2's tp: P or S, and I or i of an inversion.
inline char type_of(const Mapping& mapping) {
  const bool is_secondary = mapping.kind == Mapping::Kind::secondary;
  if (mapping.inversion) return is_secondary ? 'i' : 'I';
  return is_secondary ? 'S' : 'P';
}

}  // namespace anneal::map
