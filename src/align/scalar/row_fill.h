// The dynamic programme row by row: the specification of every mode but extend.
#pragma once

#include <cstdint>
#include <vector>

#include "align/best_end.h"
#include "align/problem.h"
#include "align/recurrence/excluded_ends.h"
#include "align/recurrence/trace.h"

namespace anneal::align::scalar {

class RowFill {
 public:
  /// One row: H(i,j), F(i,j) and, where gaps have two pieces, F2(i,j) for j = 0..columns.
  struct State {
    std::vector<std::int32_t> h;
    std::vector<std::int32_t> f;
    std::vector<std::int32_t> f2;
  };

  explicit RowFill(const Problem& problem) : problem_(problem), column_limit_(problem.columns()) {}

  State initial_state() const;  ///< row 0
  /// Computes rows first + 1 .. last from row `first` in `state`, and keeps their trace.
  void advance_traced(State& state, std::int64_t first, std::int64_t last);
  void advance(State& state, std::int64_t first, std::int64_t last);
  /// Computes every row and returns the best of the cells where an alignment may end.
  BestEnd find_end(const EndCells& ends, const recurrence::ExcludedEnds& excluded = {});

  std::int64_t steps() const { return problem_.rows(); }
  static std::int64_t step_of(std::int64_t i, std::int64_t) { return i; }
  /// Columns beyond `j` are no longer needed.
  void limit(std::int64_t, std::int64_t j) { column_limit_ = j; }
  std::uint64_t state_bytes() const {
    const std::uint64_t vectors = problem_.boundary.second_gap ? 3 : 2;
    return vectors * sizeof(std::int32_t) * static_cast<std::uint64_t>(problem_.columns() + 1);
  }
  std::uint64_t trace_bytes(std::int64_t first, std::int64_t last) const {
    return static_cast<std::uint64_t>(last - first) * static_cast<std::uint64_t>(column_limit_);
  }
  /// Trace bits of a cell in the rows that advance_traced() computed last.
  std::uint8_t bits(std::int64_t i, std::int64_t j) const {
    return trace_[static_cast<std::size_t>((i - trace_first_ - 1) * trace_columns_ + j - 1)];
  }

 private:
  void fill_row(State& state, std::int64_t i, std::uint8_t* trace) const;

  const Problem& problem_;
  std::int64_t column_limit_;
  std::vector<std::uint8_t> trace_;
  std::int64_t trace_first_ = 0;
  std::int64_t trace_columns_ = 0;
};

}  // namespace anneal::align::scalar
