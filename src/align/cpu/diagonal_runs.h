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
      : kernels_(kernels), matrix_(matrix),
        two_scores_(scores.is_match_form() && matrix.score(0, 0) > 0 && matrix.score(0, 1) <= 0) {}

  /// Takes the next `length` diagonal steps of a walk, or fewer where it ends before.
  void take(const Problem& problem, Traceback& walk, std::int64_t length);

  /// Where the letters on the diagonal before the walk's cell add up to what the walk still has to explain, each cell
  /// there has a best predecessor on it, which wins ties: takes that way to the alignment's begin and returns true.
  /// Otherwise the walk stays where it is.
  bool take_to_begin(const Problem& problem, Traceback& walk);

 private:
  static void take_column(const Problem& problem, Traceback& walk);

  // Compares the `length` columns before a cell. False where their letters have to be looked at one by one.
  bool compare(const Problem& problem, std::int64_t i, std::int64_t j, std::int64_t length);
  // Of the `columns` that were compared: how many of the last ones are the fewest that score this, which is above 0; 0
  // where none do.
  std::int64_t last_columns_of(std::int64_t score, std::int64_t columns) const;
  std::int64_t score_of(std::int64_t columns) const;
  // Takes the last `taken` of the `columns` that were compared.
  void take_last(Traceback& walk, std::int64_t columns, std::int64_t taken) const;
  static void take_singly(const Problem& problem, Traceback& walk, std::int64_t length);
  static bool take_singly_to_begin(const Problem& problem, Traceback& walk);

  const Kernels& kernels_;
  const SubstitutionMatrix& matrix_;
  bool two_scores_;                   // one for equal and one for different letters, where none is N
  std::vector<std::uint64_t> equal_;  // a bit for each column that was compared, as EqualColumns has them
};

}  // namespace anneal::align::cpu
