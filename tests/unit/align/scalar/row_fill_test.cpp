#include "align/scalar/row_fill.h"

#include <gtest/gtest.h>

#include "unit/align/sample_problem.h"

namespace anneal::align::scalar {
namespace {

using test::SampleProblem;

constexpr std::int32_t none = BestEnd::minus_infinity;

AlignOptions options_of(Mode mode, int band = -1) {
  AlignOptions options;
  options.mode = mode;
  options.matrix = SubstitutionMatrix::match_mismatch(2, 3);
  options.gap_open = 1;
  options.gap_extend = 1;
  options.band = band;
  return options;
}

std::vector<std::int32_t> row(const SampleProblem& sample, std::int64_t i) {
  RowFill fill(*sample);
  RowFill::State state = fill.initial_state();
  fill.advance(state, 0, i);
  return state.h;
}

using Row = std::vector<std::int32_t>;

// A gap of n letters costs 1 + n.
TEST(RowFill, FillsAGlobalMatrix) {
  const SampleProblem sample(options_of(Mode::global), "AC", "AGC");
  EXPECT_EQ(row(sample, 0), (Row{0, -2, -3, -4}));
  EXPECT_EQ(row(sample, 1), (Row{-2, 2, 0, -1}));
  EXPECT_EQ(row(sample, 2), (Row{-3, 0, -1, 2}));
}

TEST(RowFill, FillsALocalMatrix) {
  const SampleProblem sample(options_of(Mode::local), "CA", "GAC");
  EXPECT_EQ(row(sample, 0), (Row{0, 0, 0, 0}));
  EXPECT_EQ(row(sample, 1), (Row{0, 0, 0, 2}));
  EXPECT_EQ(row(sample, 2), (Row{0, 0, 2, 0}));
}

TEST(RowFill, LeavesOutCellsBeyondTheBand) {
  const SampleProblem sample(options_of(Mode::global, 0), "AC", "ACC");
  const Row first = row(sample, 0), last = row(sample, 2);
  EXPECT_EQ(first, (Row{0, none, none, none}));
  EXPECT_EQ(last, (Row{none, none, 4, none}));
}

TEST(RowFill, FindsTheSmallestTargetEndThenQueryEnd) {
  const SampleProblem sample(options_of(Mode::local), "ATA", "CATA");
  const BestEnd whole = RowFill(*sample).find_end(sample.ends());
  EXPECT_EQ(whole.score, 6);
  EXPECT_EQ(whole.i, 3);
  EXPECT_EQ(whole.j, 4);
  const SampleProblem ties(options_of(Mode::local), "CCA", "GAGC");
  const BestEnd tied = RowFill(*ties).find_end(ties.ends());
  EXPECT_EQ(tied.score, 2);
  EXPECT_EQ(tied.j, 2) << "A before C in the target";
  EXPECT_EQ(tied.i, 3);
}

TEST(RowFill, KeepsTheTraceOfASection) {
  const SampleProblem sample(options_of(Mode::global), "ACG", "AG");
  RowFill fill(*sample);
  RowFill::State state = fill.initial_state();
  fill.advance(state, 0, 1);
  fill.advance_traced(state, 1, 3);
  EXPECT_TRUE(fill.bits(3, 2) & trace_diagonal);
  EXPECT_FALSE(fill.bits(2, 1) & (trace_diagonal | trace_deletion)) << "C is inserted";
  EXPECT_EQ(fill.trace_bytes(1, 3), 4u);
  EXPECT_EQ(fill.step_of(2, 1), 2);
  EXPECT_EQ(fill.steps(), 3);
}

TEST(RowFill, LimitLeavesOutColumns) {
  const SampleProblem sample(options_of(Mode::global), "ACG", "ACGTTTTT");
  RowFill fill(*sample);
  fill.limit(3, 3);
  EXPECT_EQ(fill.trace_bytes(0, 3), 9u);
  RowFill::State state = fill.initial_state();
  fill.advance_traced(state, 0, 3);
  EXPECT_EQ(state.h[3], 6);
}

}  // namespace
}  // namespace anneal::align::scalar
