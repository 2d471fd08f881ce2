// A hit as the record that the writers of aligned pairs format.
#pragma once

#include "io/aligned_pair.h"
#include "io/hit.h"

namespace anneal::io {

inline AlignedPair record_of(const HitSet& set, const Hit& hit, const SubstitutionMatrix& matrix) {
  return {.query_name = set.query.name,
          .query = hit.aligned_query,
          .query_quality = {},
          .target_name = hit.target.name,
          .target = hit.target.letters,
          .alignment = hit.alignment,
          .cigar = hit.cigar,
          .reverse = hit.reverse,
          .matrix = matrix};
}

}  // namespace anneal::io
