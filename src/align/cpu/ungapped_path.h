// Paths without a gap inside, found without a trace.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "align/cpu/kernels.h"
#include "align/cpu/score_table.h"
#include "align/problem.h"

namespace anneal::align::cpu {

class UngappedPath {
 public:
  struct Begin {
    std::int64_t i;
    std::int64_t j;
  };

  UngappedPath(const Kernels& kernels, const ScoreTable& scores, const SubstitutionMatrix& matrix);

  /// Follows the diagonal back from the last cell of `problem`, whose H is `score`. Where the letters on it add up to
  /// the score, each of its cells has a best predecessor on it, which wins ties: it is the path. Then appends the CIGAR
  /// and returns the cell before the first aligned letters; otherwise the path has a gap.
  std::optional<Begin> find(const Problem& problem, std::int64_t score, std::vector<CigarOp>& cigar);

 private:
  const Kernels& kernels_;
  const SubstitutionMatrix& matrix_;
  bool two_scores_;  // one for equal and one for different letters, where none is N
  std::vector<std::uint64_t> equal_;
};

}  // namespace anneal::align::cpu
