// How much of a query its hits cover, as BLAST's qcovs, qcovhsp and qcovus say it.
#pragma once

#include <cstdint>
#include <vector>

#include "io/hit.h"

namespace anneal::io {

/// Percent of the query's letters. BLAST rounds to the nearest, but down from 99 on: only all of the query is 100.
int coverage_percent(std::int64_t letters, std::int64_t query_length);

struct QueryCoverage {
  int by_target = 0;         ///< by all hits with the same sequence: of equal name and letters
  int by_unique_target = 0;  ///< the same, but only where the sequence's letters were in no hit before
};

/// For each hit of the set.
std::vector<QueryCoverage> query_coverages(const HitSet& set);

}  // namespace anneal::io
