// Independent checks of paths.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "anneal/align.h"
#include "support/pair_set.h"

namespace anneal::test {

struct Rescored {
  std::int64_t score = 0;
  std::int64_t query_letters = 0;   ///< consumed
  std::int64_t target_letters = 0;  ///< consumed
  std::string problem;              ///< empty where every = and X is what the letters say
};

/// Score of a path from its operations and letters (matrix codes, of what the path covers) alone.
Rescored rescore(std::span<const CigarOp> cigar, std::string_view query, std::string_view target,
                 const SubstitutionMatrix& matrix, int gap_open, int gap_extend,
                 std::optional<GapCost> second_gap = {});

/// What is wrong with the path of one pair of `pairs` (as ASCII), or nothing: its coordinates, letters or score.
std::optional<std::string> path_problem(const PairSet& pairs, const AlignOptions& options, const AlignResults& results,
                                        std::size_t pair);

}  // namespace anneal::test
