// Walks back along a diagonal by runs of equal and of different letters, not cell by cell.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
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
  bool take_to_begin(const Problem& problem, Traceback& walk);

 private:
  struct Run {
    CigarOp::Code code;
    std::int64_t length;
    int score;  // of each column
  };

  void read(const Problem& problem, std::int64_t i, std::int64_t j, std::int64_t length);
  // The run that ends at the last of `left` columns.
  Run run_before(std::int64_t left) const;
  std::optional<std::int64_t> columns_to_begin(const Boundary& boundary, std::int64_t i, std::int64_t j,
                                               std::int64_t remaining) const;
  void take_read(const Boundary& boundary, Traceback& walk, std::int64_t length) const;

  const Kernels& kernels_;
  const SubstitutionMatrix& matrix_;
  bool two_scores_;                   // one for equal and one for different letters, where none is N
  bool by_words_ = false;             // whether equal_ says all about the columns that were read
  Codes query_, target_;              // those columns
  std::vector<std::uint64_t> equal_;  // a bit for each
};

}  // namespace anneal::align::cpu
