// The columns of an alignment, letter by letter.
#pragma once

#include <cstdint>
#include <string>

#include "io/aligned_pair.h"

namespace anneal::io {

/// Three rows of equal length.
struct PrettyColumns {
  std::string query;   ///< letters, and - in deletions
  std::string middle;  ///< | identical, + positive score in protein, blank otherwise
  std::string target;  ///< letters, and - in insertions
};

PrettyColumns lay_out_columns(const AlignedPair& record);

/// Columns that are identical or of positive score; only for protein.
std::int64_t count_positives(const PrettyColumns& columns);

}  // namespace anneal::io
