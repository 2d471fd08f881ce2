// An alignment as BLAST reports it: along the query as it was read, against the target's minus strand where the
// reverse complement of the query was aligned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hit.h"

namespace anneal::io {

/// Positions count from 1 and include both ends.
struct BlastAlignment {
  std::string query;   ///< letters in upper case, DNA's U as T, and - in deletions
  std::string target;  ///< the same, with - in insertions
  std::vector<CigarOp> cigar;
  std::int64_t query_start = 0;
  std::int64_t query_end = 0;
  std::int64_t target_start = 0;  ///< more than target_end on the minus strand
  std::int64_t target_end = 0;
  std::int64_t identical = 0;  ///< columns with twice the same letter; also N with N, which the CIGAR has as X
  std::int64_t positive = 0;   ///< columns that are identical or score more than 0
  std::int64_t gaps = 0;       ///< gap letters
  std::int64_t gap_opens = 0;

  std::int64_t columns() const { return static_cast<std::int64_t>(query.size()); }
  std::int64_t mismatches() const { return columns() - identical - gaps; }
};

BlastAlignment lay_out_as_blast(const HitSet& set, const Hit& hit, const SubstitutionMatrix& matrix);

/// Appends BLAST's trace-back operations: lengths of runs of equal letters, and the two letters of every other column.
void append_btop(std::string& text, const BlastAlignment& alignment);

}  // namespace anneal::io
