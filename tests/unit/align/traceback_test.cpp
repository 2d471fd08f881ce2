#include "align/traceback.h"

#include <gtest/gtest.h>

#include "align/band_check.h"
#include "align/scalar/row_fill.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/align/reference_path.h"
#include "unit/align/sample_problem.h"

namespace anneal::align {
namespace {

using test::Random;
using test::SampleProblem;

struct Path {
  std::int64_t score, query_begin, query_end, target_begin, target_end;
  std::string cigar;
};

Path best_path(const SampleProblem& sample) {
  const BestEnd end = scalar::RowFill(*sample).find_end(sample.ends());
  const Problem rectangle = sample.prefix(end.i, end.j);
  std::vector<CigarOp> ops;
  Traceback walk(rectangle, end.i, end.j, end.score, ops);
  scalar::RowFill fill(rectangle);
  auto state = fill.initial_state();
  fill.advance_traced(state, 0, fill.steps());
  while (!walk.done()) walk.step(fill.bits(walk.i(), walk.j()));
  walk.finish();
  return {end.score, walk.i(), end.i, walk.j(), end.j, to_string(ops)};
}

AlignOptions options_of(Mode mode, int match, int mismatch, int gap_open, int gap_extend) {
  AlignOptions options;
  options.mode = mode;
  options.matrix = SubstitutionMatrix::match_mismatch(match, mismatch);
  options.gap_open = gap_open;
  options.gap_extend = gap_extend;
  return options;
}

std::string global_cigar(const AlignOptions& options, std::string_view query, std::string_view target) {
  return best_path(SampleProblem(options, query, target)).cigar;
}

TEST(Traceback, PrefersTheDiagonal) {
  // A mismatch of -2 ties with a deletion and an insertion of -1 each.
  EXPECT_EQ(global_cigar(options_of(Mode::global, 1, 2, 0, 1), "ACA", "AGA"), "1=1X1=");
}

TEST(Traceback, PrefersDeletionToInsertion) {
  // The last step decides first: the deletion comes last, after the insertion.
  EXPECT_EQ(global_cigar(options_of(Mode::global, 1, 3, 0, 1), "C", "G"), "1I1D");
}

TEST(Traceback, PrefersOpeningAGapToExtendingIt) {
  // Without an opening penalty, T=TT costs the same wherever the matched T is: each single deletion opens anew.
  EXPECT_EQ(global_cigar(options_of(Mode::global, 1, 4, 0, 1), "T", "TTT"), "2D1=");
  EXPECT_EQ(global_cigar(options_of(Mode::global, 1, 4, 3, 1), "AT", "AGGT"), "1=2D1=");
}

TEST(Traceback, EndsFreeLeavesOutOnlyFreeEnds) {
  AlignOptions options = options_of(Mode::ends_free, 2, 4, 3, 1);
  const auto path_with = [&](FreeEnds free_ends) {
    options.free_ends = free_ends;
    return best_path(SampleProblem(options, "CCACGT", "ACGTGG"));
  };
  const Path overlap = path_with({});
  EXPECT_EQ(overlap.cigar, "4=");
  EXPECT_EQ(overlap.query_begin, 2);
  EXPECT_EQ(overlap.target_begin, 0);
  EXPECT_EQ(path_with({.query_begin = false}).cigar, "2I4=");
  EXPECT_EQ(path_with({.target_end = false}).cigar, "4=2D");
  EXPECT_EQ(path_with({.query_begin = false, .target_end = false}).cigar, "2I4=2D");
}

TEST(Traceback, LocalStopsAtTheFirstZero) {
  // AC scores 1 - 1 = 0 before the last A: the path is that A alone.
  const Path path = best_path(SampleProblem(options_of(Mode::local, 1, 1, 5, 1), "ACA", "AGA"));
  EXPECT_EQ(path.score, 1);
  EXPECT_EQ(path.query_end, 1);
  EXPECT_EQ(path.cigar, "1=");
  const Path longer = best_path(SampleProblem(options_of(Mode::local, 1, 1, 5, 1), "ACAA", "AGAA"));
  EXPECT_EQ(longer.query_begin, 2);
  EXPECT_EQ(longer.cigar, "2=");
}

TEST(Traceback, EmptySidesAreGaps) {
  const AlignOptions options = options_of(Mode::global, 1, 4, 6, 1);
  EXPECT_EQ(global_cigar(options, "", "ACG"), "3D");
  EXPECT_EQ(global_cigar(options, "AC", ""), "2I");
  EXPECT_EQ(global_cigar(options, "", ""), "*");
}

class TracebackOf : public testing::TestWithParam<Mode> {};

TEST_P(TracebackOf, EqualsTheReference) {
  Random random(test::seed_of("Traceback"));
  for (int round = 0; round < 4000; ++round) {
    const Alphabet alphabet = random.chance(0.7) ? Alphabet::dna : Alphabet::protein;
    const AlignOptions options = test::random_options(random, GetParam(), alphabet);
    const auto [query, target] = test::random_pair(random, alphabet, random.pick(test::all_pair_kinds),
                                                   random.between(0, 20), random.between(0, 20));
    const SampleProblem sample(options, query, target, random.chance(0.7) ? 0 : random.between(-5, 5));
    if (!band_admits_path(sample->rows(), sample->columns(), sample->band, sample->boundary, sample.ends())) continue;
    const BestEnd end = scalar::RowFill(*sample).find_end(sample.ends());
    if (sample->boundary.local && end.score <= 0) continue;
    const Path found = best_path(sample);
    const test::ReferencePath expected(sample.prefix(end.i, end.j));
    ASSERT_EQ(found.score, expected.score()) << test::describe(options) << '\n' << query << '\n' << target;
    ASSERT_EQ(found.cigar, expected.cigar()) << test::describe(options) << '\n' << query << '\n' << target;
    ASSERT_EQ(found.query_begin, expected.query_begin());
    ASSERT_EQ(found.target_begin, expected.target_begin());
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, TracebackOf, testing::Values(Mode::local, Mode::global, Mode::ends_free),
                         [](const auto& tested) { return std::string(test::name_of(tested.param)); });

TEST(Traceback, TakesRunsOfADiagonalAtOnce) {
  const SampleProblem sample(options_of(Mode::global, 1, 4, 2, 1), "ACGTTAC", "ACGAC");
  std::vector<CigarOp> ops;
  Traceback walk(*sample, 7, 5, 1, ops);
  walk.take_diagonal(CigarOp::equal, 2, 1);
  EXPECT_EQ(walk.remaining(), -1);
  EXPECT_TRUE(walk.is_aligned());
  walk.step(0);
  EXPECT_FALSE(walk.is_aligned());
  walk.step(0);
  walk.step(trace_opens_insertion | trace_diagonal);
  EXPECT_EQ(walk.remaining(), 2) << "one of three letters taken since the gap";
  walk.take_diagonal(CigarOp::equal, 2, 1);
  EXPECT_TRUE(walk.done());
  walk.finish();
  EXPECT_EQ(to_string(ops), "3=2I2=");
}

}  // namespace
}  // namespace anneal::align
