#include "search/statistics/simulate.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

namespace anneal::search {
namespace {

constexpr SimulationSize small{.pairs = 2'000, .path_pairs = 500, .probe_pairs = 500, .sequence_length = 400};

TEST(Simulate, IsTheSameForAnyNumberOfThreads) {
  const SubstitutionMatrix matrix = SubstitutionMatrix::builtin("BLOSUM80");
  const SimulationResult one = simulate(matrix, 16, 2, 1, small);
  EXPECT_TRUE(one.parameters);
  EXPECT_EQ(simulate(matrix, 16, 2, 2, small), one);
  EXPECT_NE(simulate(matrix, 18, 2, 1, small), one);
}

// On every machine and with every compiler: a cache folder may be shared.
TEST(Simulate, GivesTheseBits) {
  const auto result =
      simulate(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1, 0, small).parameters.value_or(SimulatedParameters{});
  EXPECT_EQ(result.lambda, 0.274);
  EXPECT_EQ(result.k, 0.0531);
  EXPECT_EQ(result.length.slope, 1.4);
  EXPECT_EQ(result.length.intercept, -14.9);
}

// BLOSUM62 with gaps 11 + 1 is in the logarithmic phase, with 5 + 1 and 11 + 0 in the linear one: as BLAST's tables
// end.
TEST(Simulate, TellsLinearFromLogarithmicScores) {
  const SubstitutionMatrix blosum62 = SubstitutionMatrix::builtin("BLOSUM62");
  const SubstitutionMatrix dna = SubstitutionMatrix::match_mismatch(1, 1);
  EXPECT_TRUE(simulate(blosum62, 11, 1, 0, small).parameters);
  EXPECT_TRUE(simulate(blosum62, 9, 1, 0, small).parameters);
  EXPECT_TRUE(simulate(blosum62, 6, 2, 0, small).parameters);
  EXPECT_TRUE(simulate(dna, 2, 1, 0, small).parameters);
  for (const auto& [matrix, gap_open, gap_extend] :
       {std::tuple(blosum62, 5, 1), std::tuple(blosum62, 11, 0), std::tuple(dna, 0, 1)}) {
    const SimulationResult result = simulate(matrix, gap_open, gap_extend, 0, small);
    EXPECT_FALSE(result.parameters);
    EXPECT_NE(result.failure.find("gaps are so cheap"), std::string::npos) << result.failure;
  }
}

TEST(Simulate, ScalesWithTheScores) {
  const auto once =
      simulate(SubstitutionMatrix::match_mismatch(1, 3), 2, 1, 0, small).parameters.value_or(SimulatedParameters{});
  const auto twice =
      simulate(SubstitutionMatrix::match_mismatch(2, 6), 4, 2, 0, small).parameters.value_or(SimulatedParameters{});
  EXPECT_GT(once.lambda, 0);
  EXPECT_NEAR(once.lambda, 2 * twice.lambda, 0.01 * once.lambda);
  EXPECT_EQ(once.k, twice.k);
}

}  // namespace
}  // namespace anneal::search
