// Paths as runs of columns, insertions and deletions: CigarOp::match, insertion and deletion. Letters are codes, 0..3,
// and 4 for N, which equals nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "anneal/cigar.h"
#include "anneal/map.h"

namespace anneal::map {

using Path = std::vector<CigarOp>;

/// Appends a run, to the last one where it is of the same kind.
void append_run(Path& path, CigarOp::Code code, std::uint32_t length);
/// Appends what an aligner found, whose =, X become match.
void append_cigar(Path& path, std::span<const CigarOp> cigar);
/// The same of what was found between reversed sequences.
void append_reversed_cigar(Path& path, std::span<const CigarOp> cigar);

/// Moves gaps that lie between columns as far to the left as nothing changes by it, and joins insertions and deletions
/// that then touch to one of each.
void normalize(Path& path, std::string_view query, std::string_view target);

/// Removes a gap at the begin, and returns it, or a run of length 0.
CigarOp take_leading_gap(Path& path);

/// The same path with = and X.
std::vector<CigarOp> with_equality(const Path& path, std::string_view query, std::string_view target);

struct PathCounts {
  std::int32_t score = 0;         ///< by MapScoring
  std::int32_t best_segment = 0;  ///< of the best part
  std::int32_t matches = 0;
  std::int32_t columns = 0;    ///< letters of gaps included, those with N not
  std::int32_t ambiguous = 0;  ///< letters and columns with N
};

/// In `best_segment`, a gap of n letters costs gap.open + gap.extend * log2(1 + n) where `has_long_gaps`, or else as
/// one of one letter: minimap2 ranks alignments by this, since long gaps are single events.
PathCounts count_path(const Path& path, std::string_view query, std::string_view target, const MapScoring& scoring,
                      bool has_long_gaps);

/// By how much the score falls below the best before it, less gap.extend for every letter that a gap in between is
/// long: what z-drop is compared with.
std::int32_t largest_drop(const Path& path, std::string_view query, std::string_view target, const MapScoring& scoring);

inline constexpr char code_of_n = 4;
inline std::int32_t column_score(char query, char target, const MapScoring& scoring) {
  if (query == code_of_n || target == code_of_n) return -1;
  return query == target ? scoring.match : -scoring.mismatch;
}
inline bool is_equal(char query, char target) { return query == target && query != code_of_n; }

}  // namespace anneal::map
