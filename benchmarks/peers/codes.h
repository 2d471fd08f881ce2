// For peers that take numbers for letters.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "anneal/align.h"

namespace anneal::bench {

/// The matrix codes of `letters`. Encoding counts in what is timed, as letters are what callers have.
inline void encode(std::string_view letters, const SubstitutionMatrix& matrix, std::vector<std::uint8_t>& codes) {
  codes.resize(letters.size());
  for (std::size_t at = 0; at < letters.size(); ++at) codes[at] = matrix.code(static_cast<unsigned char>(letters[at]));
}

/// The scores row by row. All matrices here are symmetric, so nobody has to know whose letter a row stands for.
inline std::vector<std::int8_t> flat_scores(const SubstitutionMatrix& matrix) {
  std::vector<std::int8_t> scores;
  for (int q = 0; q < matrix.size(); ++q) {
    for (int t = 0; t < matrix.size(); ++t) scores.push_back(static_cast<std::int8_t>(matrix.score(q, t)));
  }
  return scores;
}

/// Runs in BAM's encoding, which is CigarOp's too.
inline std::vector<CigarOp> from_bam(const std::uint32_t* runs, int count) {
  std::vector<CigarOp> path;
  for (int run = 0; run < count; ++run) path.emplace_back(static_cast<CigarOp::Code>(runs[run] & 15), runs[run] >> 4);
  return path;
}

/// One letter more, in a run with those before it.
inline void append(std::vector<CigarOp>& path, CigarOp::Code code) {
  const bool same = !path.empty() && path.back().code() == code;
  const std::uint32_t length = same ? path.back().length() + 1 : 1;
  if (same) path.pop_back();
  path.emplace_back(code, length);
}

inline bool has_unit_costs(const AlignOptions& options) {
  return options.matrix.highest() == 0 && options.matrix.lowest() == -1 && options.gap_open == 0 &&
         options.gap_extend == 1;
}

}  // namespace anneal::bench
