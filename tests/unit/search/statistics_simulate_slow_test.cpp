#include <gtest/gtest.h>

#include "search/statistics/published.h"
#include "search/statistics/simulate.h"

namespace anneal::search {
namespace {

// What is published is simulated, to see how well that works.
TEST(Simulate, AgreesWithWhatNcbiPublished) {
  struct Case {
    SubstitutionMatrix matrix;
    int gap_open;
    int gap_extend;
    double k_error = 0.25;
  };
  const SubstitutionMatrix blosum62 = SubstitutionMatrix::builtin("BLOSUM62");
  const Case cases[] = {{blosum62, 11, 1},
                        {blosum62, 9, 2},
                        {SubstitutionMatrix::builtin("BLOSUM50"), 13, 2},
                        {SubstitutionMatrix::match_mismatch(1, 2), 2, 1},
                        {SubstitutionMatrix::match_mismatch(5, 4), 8, 6, 0.35}};
  for (const auto& [matrix, gap_open, gap_extend, k_error] : cases) {
    const auto published = published_parameters(matrix, gap_open, gap_extend).value_or(ScoreParameters{});
    const auto simulated = simulate(matrix, gap_open, gap_extend).parameters.value_or(SimulatedParameters{});
    ASSERT_GT(published.lambda, 0) << matrix.name();
    EXPECT_NEAR(simulated.lambda, published.lambda, 0.05 * published.lambda) << matrix.name();
    EXPECT_NEAR(simulated.k, published.k, k_error * published.k) << matrix.name();
    EXPECT_NEAR(simulated.length.slope, published.length.slope, 0.25 * published.length.slope) << matrix.name();
  }
}

}  // namespace
}  // namespace anneal::search
