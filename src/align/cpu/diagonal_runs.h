// Walks back along a diagonal by runs of equal and of different letters, not cell by cell.
#pragma once

#include <cstdint>
#include <vector>

#include "align/cpu/kernels.h"
#include "align/cpu/score_table.h"
#include "align/traceback.h"

namespace anneal::align::cpu {

class DiagonalRuns {
 public:
  DiagonalRuns(const Kernels& kernels, const ScoreTable& scores, const SubstitutionMatrix& matrix)
      : kernels_(kernels), matrix_(matrix), two_scores_(scores.is_match_form() && matrix.score(0, 0) > 0) {}

  /// Takes the next `length` diagonal steps of a walk, or fewer where it ends before.
  void take(const Problem& problem, Traceback& walk, std::int64_t length);

  /// Where the letters on the diagonal before the walk's cell add up to what the walk still has to explain, each cell
  /// there has a best predecessor on it, which wins ties: takes that way to the alignment's begin and returns true.
  /// Otherwise the walk stays where it is.
  bool take_to_begin(const Problem& problem, Traceback& walk);

 private:
  // Compares the `length` columns before a cell. False where their letters have to be looked at one by one.
  bool compare(const Problem& problem, std::int64_t i, std::int64_t j, std::int64_t length);

  const Kernels& kernels_;
  const SubstitutionMatrix& matrix_;
  bool two_scores_;                   // one for equal and one for different letters, where none is N
  std::vector<std::uint64_t> equal_;  // a bit for each column that was compared
};

}  // namespace anneal::align::cpu
