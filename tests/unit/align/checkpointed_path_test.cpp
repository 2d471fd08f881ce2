#include "align/checkpointed_path.h"

#include <gtest/gtest.h>

#include "align/band_check.h"
#include "align/cpu/diagonal_fill.h"
#include "align/cpu/strip_fill.h"
#include "align/cpu/width.h"
#include "align/scalar/row_fill.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/cpu/pair_memory.h"
#include "unit/align/cpu/vector_backends.h"
#include "unit/align/metered_fill.h"
#include "unit/align/sample_problem.h"

namespace anneal::align {
namespace {

using test::SampleProblem;

constexpr std::uint64_t unlimited = std::uint64_t{1} << 50;
constexpr std::uint64_t budgets[] = {0, 1, 100, 1000, 4000, 10'000, 20'000, 50'000, 100'000, 1'000'000, unlimited};

template <class Fill>
std::string trace(Fill& fill, const Problem& rectangle, std::int32_t score, std::uint64_t budget) {
  test::MeteredFill<Fill> metered(fill);
  std::vector<CigarOp> ops;
  Traceback walk(rectangle, rectangle.rows(), rectangle.columns(), score, ops);
  const std::uint64_t whole = fill.trace_bytes(0, fill.steps()), state = fill.state_bytes();
  CheckpointedPath(metered, walk, budget).run();
  walk.finish();
  const test::FillMemory& memory = metered.memory();
  EXPECT_EQ(memory.states, 0);
  EXPECT_LE(memory.largest_trace, budget / 2);
  const bool one_level_suffices = budget >= 4 && (whole / (budget / 4) + 1) * state <= budget / 2;
  if (one_level_suffices) {
    EXPECT_LE(memory.peak, budget);
    EXPECT_LE(memory.steps, 2 * fill.steps()) << "each step at most once without and once with its trace";
  }
  return to_string(ops) + " from " + std::to_string(walk.i()) + "," + std::to_string(walk.j());
}

void expect_same_path(const SampleProblem& sample) {
  const BestEnd end = scalar::RowFill(*sample).find_end(sample.ends());
  if (sample->boundary.local && end.score <= 0) return;
  const Problem rectangle = sample.prefix(end.i, end.j);
  scalar::RowFill rows(rectangle);
  test::PairMemory memory;
  const cpu::ScoreTable scores(*rectangle.matrix);
  const std::string expected = trace(rows, rectangle, end.score, unlimited);
  for (const std::uint64_t budget : budgets) {
    SCOPED_TRACE("budget " + std::to_string(budget));
    scalar::RowFill fill(rectangle);
    EXPECT_EQ(trace(fill, rectangle, end.score, budget), expected);
    for (const auto& [name, kernels] : test::vector_backends()) {
      for (const int width : {cpu::width16, cpu::width32}) {
        SCOPED_TRACE(name + ", " + std::to_string(kernels->width[width].bits) + " bits");
        cpu::DiagonalFill diagonals(rectangle, scores, kernels->width[width], memory.scratch);
        EXPECT_EQ(trace(diagonals, rectangle, end.score, budget), expected);
      }
      if (!cpu::differences_fit(*rectangle.matrix, rectangle.boundary)) continue;
      SCOPED_TRACE(name + ", strips");
      const cpu::ScoreTable drifted(*rectangle.matrix, 2 * rectangle.boundary.gap_extend);
      cpu::StripFill strips(rectangle, drifted, *kernels, memory.scratch);
      EXPECT_EQ(trace(strips, rectangle, end.score, budget), expected);
    }
  }
}

class CheckpointedPathOf : public testing::TestWithParam<Mode> {};

TEST_P(CheckpointedPathOf, IsTheSameForEveryBudget) {
  test::Random random(test::seed_of("CheckpointedPath"));
  for (int round = 0; round < 40; ++round) {
    const Alphabet alphabet = random.chance(0.5) ? Alphabet::dna : Alphabet::protein;
    AlignOptions options;
    options.mode = GetParam();
    options.free_ends = test::free_ends_of(static_cast<unsigned>(random.below(16)));
    if (alphabet == Alphabet::protein) options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
    options.gap_open = random.between(0, 8);
    options.gap_extend = random.between(0, 2);
    options.band = random.chance(0.5) ? -1 : random.between(0, 60);
    const auto [query, target] = test::random_pair(random, alphabet, random.pick(test::all_pair_kinds),
                                                   random.between(1, 250), random.between(1, 250));
    const SampleProblem sample(options, query, target, random.chance(0.5) ? 0 : random.between(-30, 30));
    if (!band_admits_path(sample->rows(), sample->columns(), sample->band, sample->boundary, sample.ends())) continue;
    expect_same_path(sample);
    ASSERT_FALSE(HasFailure()) << test::describe(options) << '\n'
                               << query << '\n'
                               << target << '\n'
                               << sample->band.centre;
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, CheckpointedPathOf, testing::Values(Mode::local, Mode::global, Mode::ends_free),
                         [](const auto& tested) { return std::string(test::name_of(tested.param)); });

// Long and thin: the states are small against the trace, and large against it.
TEST(CheckpointedPath, TakesThinRectangles) {
  test::Random random(test::seed_of("ThinRectangles"));
  AlignOptions options;
  options.mode = Mode::global;
  const std::string longer = test::random_sequence(random, Alphabet::dna, 3000);
  expect_same_path(SampleProblem(options, longer, longer.substr(1000, 7)));
  expect_same_path(SampleProblem(options, longer.substr(1000, 7), longer));
}

}  // namespace
}  // namespace anneal::align
