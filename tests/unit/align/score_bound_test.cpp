#include "align/score_bound.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "align/band_check.h"
#include "align/scalar/extend.h"
#include "align/scalar/row_fill.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/align/sample_problem.h"

namespace anneal::align {
namespace {

using test::Random;
using test::SampleProblem;

// The largest magnitude of a reachable cell: H, and F where cells may be negative.
std::int64_t largest_magnitude(const Problem& problem) {
  std::int64_t largest = 0;
  const auto count = [&](std::int32_t score) {
    if (score > BestEnd::minus_infinity / 2) largest = std::max<std::int64_t>(largest, std::abs(score));
  };
  scalar::RowFill fill(problem);
  scalar::RowFill::State state = fill.initial_state();
  for (std::int64_t i = 0;; ++i) {
    for (const std::int32_t h : state.h) count(h);
    for (const std::int32_t f : state.f) count(problem.boundary.local ? 0 : f);
    if (i == problem.rows()) return largest;
    fill.advance(state, i, i + 1);
  }
}

test::SequencePair any_pair(Random& random, Alphabet alphabet) {
  return test::random_pair(random, alphabet, random.pick(test::all_pair_kinds), random.between(0, 25),
                           random.between(0, 25));
}

class ScoreBound : public testing::TestWithParam<Mode> {};

TEST_P(ScoreBound, NoCellExceedsIt) {
  Random random(test::seed_of("ScoreBound"));
  for (int round = 0; round < 3000; ++round) {
    const Alphabet alphabet = random.chance(0.5) ? Alphabet::dna : Alphabet::protein;
    const AlignOptions options = test::random_options(random, GetParam(), alphabet);
    const auto [query, target] = any_pair(random, alphabet);
    const int centre = random.chance(0.5) ? 0 : random.between(-10, 10);
    const SampleProblem sample(options, query, target, centre);
    if (!band_admits_path(sample->rows(), sample->columns(), sample->band, sample->boundary, sample.ends())) continue;
    ASSERT_LE(largest_magnitude(*sample), score_bound(options, sample->rows(), sample->columns()))
        << test::describe(options) << " centre " << centre << '\n'
        << query << '\n'
        << target;
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, ScoreBound, testing::ValuesIn(test::all_modes),
                         [](const auto& tested) { return std::string(test::name_of(tested.param)); });

TEST(ScoreBoundOfExtend, CountsTheSeed) {
  Random random(test::seed_of("ScoreBoundOfExtend"));
  for (int round = 0; round < 3000; ++round) {
    const AlignOptions options = test::random_options(random, Mode::extend, Alphabet::dna);
    const auto [query, target] = any_pair(random, Alphabet::dna);
    if (query.empty() || target.empty()) continue;
    const SampleProblem sample(options, query, target);
    const int h0 = random.between(1, 100);
    const auto found = scalar::extend(sample->query, sample->target, h0, options);
    ASSERT_LE(std::max(found.score, found.extension.global_score),
              score_bound(options, sample->rows(), sample->columns(), h0));
  }
}

TEST(ScoreBoundOfLocal, IsTheScoreOfEqualSequences) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(127, 0);
  EXPECT_EQ(score_bound(options, 1 << 24, 1 << 25), std::int64_t{127} << 24);
  options.matrix = SubstitutionMatrix::parse("A C\nA -1 -2\nC -3 -4", "m", Alphabet::dna);
  EXPECT_EQ(score_bound(options, 100, 100), 0);
}

TEST(ScoreBoundOfGlobal, TakesTheLongestSequences) {
  AlignOptions options;
  options.mode = Mode::global;
  options.gap_open = options.gap_extend = 32767;
  constexpr std::int64_t longest = (std::int64_t{1} << 31) - 1;
  EXPECT_EQ(score_bound(options, longest, longest), 3 * 32767 + 32767 * (2 * longest + 1));
}

}  // namespace
}  // namespace anneal::align
