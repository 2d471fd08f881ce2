#include "align/gpu/path_scoring.h"

#include <gtest/gtest.h>

namespace anneal::align::gpu {
namespace {

TEST(PathScoring, IsByLettersForMatchAndMismatch) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(2, 5);
  const PathScoring scoring = letter_path_scoring(options);
  EXPECT_EQ(scoring.offset, 5);
  EXPECT_EQ(scoring.highest_raised, 7);
  ASSERT_FALSE(scoring.table.empty());
  EXPECT_EQ(scoring.table[0], 0x00000007u) << "of target letter A: A, C, G and T";
  EXPECT_EQ(scoring.table[4], 0x04040404u) << "N scores -1";
  const recurrence::PathParameters parameters = path_parameters(options, scoring);
  EXPECT_EQ(parameters.identity, 15u);
  EXPECT_EQ(parameters.match_codes, 4u);
  EXPECT_EQ(parameters.match, 2);
}

TEST(PathScoring, IsByMatrixForOthers) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  EXPECT_TRUE(letter_path_scoring(options).table.empty());
  const PathScoring scoring = matrix_path_scoring(options);
  EXPECT_EQ(scoring.offset, 4);
  EXPECT_EQ(scoring.highest_raised, 15);
  EXPECT_EQ(path_parameters(options, scoring).match_codes, 0u) << "A scores less against itself than W";
}

TEST(PathScoring, HoldsScoresThatAreFarApart) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(127, 128);
  EXPECT_TRUE(letter_path_scoring(options).table.empty());
  EXPECT_EQ(matrix_path_scoring(options).highest_raised, 255);
}

TEST(PathScoring, KnowsNotTheScoreOfAnExtension) {
  AlignOptions options;
  for (const Mode mode : {Mode::local, Mode::global, Mode::ends_free, Mode::extend}) {
    options.mode = mode;
    const recurrence::PathParameters parameters = path_parameters(options, letter_path_scoring(options));
    EXPECT_EQ(parameters.score_is_known, mode != Mode::extend);
    EXPECT_EQ(parameters.local, mode == Mode::local);
    EXPECT_EQ(parameters.query_begin_free, mode == Mode::local || mode == Mode::ends_free);
  }
}

TEST(PathScoring, HasScoresOfAllPairs) {
  const SubstitutionMatrix matrix = SubstitutionMatrix::builtin("PAM30");
  const auto scores = pair_scores(matrix);
  for (int query = 0; query < matrix.size(); ++query) {
    for (int target = 0; target < matrix.size(); ++target) {
      EXPECT_EQ(scores[static_cast<std::size_t>(query * recurrence::pair_scores_stride + target)],
                matrix.score(query, target));
    }
  }
}

}  // namespace
}  // namespace anneal::align::gpu
