#include "align/cpu/diagonal_fill.h"

#include <gtest/gtest.h>

#include "align/band_check.h"
#include "align/cpu/width.h"
#include "align/scalar/row_fill.h"
#include "align/score_bound.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/cpu/pair_memory.h"
#include "unit/align/cpu/vector_backends.h"
#include "unit/align/sample_problem.h"

namespace anneal::align::cpu {
namespace {

using test::SampleProblem;

BestEnd find_end(const SampleProblem& sample, const WidthKernels& width, Track track, test::PairMemory& memory) {
  const ScoreTable scores(*sample->matrix);
  return DiagonalFill(*sample, scores, width, memory.scratch).find_end(track, sample.ends());
}

class DiagonalFillOf : public testing::TestWithParam<Mode> {
 protected:
  void expect_same_end(const AlignOptions& options, const SampleProblem& sample) {
    const bool local = sample->boundary.local;
    BestEnd expected = scalar::RowFill(*sample).find_end(sample.ends());
    if (local && expected.score <= 0) expected = {.score = 0};
    const std::int64_t bound = score_bound(options, sample->rows(), sample->columns());
    for (const auto& [name, kernels] : test::vector_backends()) {
      for (int width = narrowest_width(options, bound, width16); width <= width32; ++width) {
        const WidthKernels& chosen = kernels->width[width];
        SCOPED_TRACE(name + ", " + std::to_string(chosen.bits) + " bits, " + test::describe(options));
        const BestEnd found = find_end(sample, chosen, local ? Track::best_cell : Track::last_cells, memory_);
        EXPECT_EQ(found.score, expected.score);
        EXPECT_EQ(found.i, expected.i);
        EXPECT_EQ(found.j, expected.j);
        if (!local) continue;
        EXPECT_EQ(find_end(sample, chosen, Track::best_score, memory_).score, expected.score);
      }
    }
  }

 private:
  test::PairMemory memory_;
};

TEST_P(DiagonalFillOf, FindsTheEndOfTheSpecification) {
  test::Random random(test::seed_of("DiagonalFill"));
  for (int round = 0; round < 600; ++round) {
    const Alphabet alphabet = random.chance(0.5) ? Alphabet::dna : Alphabet::protein;
    const AlignOptions options = test::random_options(random, GetParam(), alphabet);
    const auto [query, target] = test::random_pair(random, alphabet, random.pick(test::all_pair_kinds),
                                                   random.between(1, 70), random.between(1, 70));
    const SampleProblem sample(options, query, target, random.chance(0.7) ? 0 : random.between(-20, 20));
    if (!band_admits_path(sample->rows(), sample->columns(), sample->band, sample->boundary, sample.ends())) continue;
    expect_same_end(options, sample);
    ASSERT_FALSE(HasFailure()) << query << '\n' << target << '\n' << sample->band.centre;
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, DiagonalFillOf, testing::Values(Mode::local, Mode::global, Mode::ends_free),
                         [](const auto& tested) { return std::string(test::name_of(tested.param)); });

// 65,535 is what saturation gives, so it counts as overflow.
TEST(DiagonalFill, ReportsOverflowOf16Bits) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(62, 4);
  const std::string fitting(1057, 'A');  // 62 * 1057 = 65,534
  const SampleProblem fits(options, fitting, fitting);
  options.matrix = SubstitutionMatrix::match_mismatch(51, 4);
  const std::string overflowing(1285, 'A');  // 51 * 1285 = 65,535
  test::PairMemory memory;
  const SampleProblem overflows(options, overflowing, overflowing);
  for (const auto& [name, kernels] : test::vector_backends()) {
    SCOPED_TRACE(name);
    for (const Track track : {Track::best_score, Track::best_cell}) {
      EXPECT_EQ(find_end(fits, kernels->width[width16], track, memory).score, 65534);
      EXPECT_EQ(find_end(overflows, kernels->width[width16], track, memory).i, DiagonalFill::overflowed);
      EXPECT_EQ(find_end(overflows, kernels->width[width32], track, memory).score, 65535);
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
