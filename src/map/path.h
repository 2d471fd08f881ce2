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

/// Of runs of columns, equal or not, insertions and deletions. In `best_segment`, a gap of n letters costs gap.open +
/// gap.extend * log2(1 + n) where `has_long_gaps`, or else as one of one letter: minimap2 ranks alignments by this,
/// since long gaps are single events.
PathCounts count_path(std::span<const CigarOp> path, std::string_view query, std::string_view target,
                      const MapScoring& scoring, bool has_long_gaps);

/// A fall of the score below the best before it.
struct Drop {
  std::int32_t amount = 0;  ///< less gap.extend for every letter that a gap in between is long
  /// From the best to where it has fallen, as positions in query and target.
  std::int32_t query_begin = 0, query_end = 0, target_begin = 0, target_end = 0;

  std::int32_t query_length() const { return query_end - query_begin; }
  std::int32_t target_length() const { return target_end - target_begin; }
};

/// The largest along a path: what z-drop is compared with.
Drop largest_drop(const Path& path, std::string_view query, std::string_view target, const MapScoring& scoring);

inline constexpr char code_of_n = 4;
inline std::int32_t column_score(char query, char target, const MapScoring& scoring) {
  if (query == code_of_n || target == code_of_n) return -1;
  return query == target ? scoring.match : -scoring.mismatch;
}
inline bool is_equal(char query, char target) { return query == target && query != code_of_n; }

}  // namespace anneal::map
