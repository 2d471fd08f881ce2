// What a CIGAR of =, X, I and D says about an alignment.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "anneal/cigar.h"

namespace anneal::io {

struct CigarStats {
  std::int64_t matches = 0;
  std::int64_t mismatches = 0;
  std::int64_t insertions = 0;  ///< letters, not runs
  std::int64_t deletions = 0;

  std::int64_t columns() const { return matches + mismatches + insertions + deletions; }
  std::int64_t edit_distance() const { return mismatches + insertions + deletions; }
  std::int64_t target_letters() const { return matches + mismatches + deletions; }
};

CigarStats count_columns(std::span<const CigarOp> cigar);

/// Appends SAM's MD: runs of matches, and the target's letters where the query differs. `target` begins where the
/// alignment does. Letters are written in upper case, and `*`, which MD cannot hold, as X.
void append_md(std::string& text, std::span<const CigarOp> cigar, std::string_view target);

}  // namespace anneal::io
