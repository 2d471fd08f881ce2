#include "search/statistics/ungapped.h"

#include <gtest/gtest.h>

#include <cmath>

namespace anneal::search {
namespace {

/// All 0 where there are none.
UngappedParameters ungapped(const SubstitutionMatrix& matrix) {
  return ungapped_parameters(score_distribution(matrix)).value_or(UngappedParameters{});
}

struct Published {
  const char* matrix;
  double lambda;
  double k;
  double h;
};

class UngappedTest : public testing::TestWithParam<Published> {};

// What BLAST has for the same matrices without gaps.
TEST_P(UngappedTest, AgreesWithWhatNcbiPublished) {
  const Published& published = GetParam();
  const auto result = ungapped(SubstitutionMatrix::builtin(published.matrix));
  EXPECT_NEAR(result.lambda, published.lambda, 0.001 * published.lambda);
  EXPECT_NEAR(result.k, published.k, 0.01 * published.k);
  EXPECT_NEAR(result.h, published.h, 0.01 * published.h);
}

INSTANTIATE_TEST_SUITE_P(
    Matrices, UngappedTest,
    testing::Values(Published{"BLOSUM62", 0.3176, 0.134, 0.4012}, Published{"BLOSUM50", 0.2318, 0.112, 0.3362},
                    Published{"BLOSUM45", 0.2291, 0.0924, 0.2514}, Published{"BLOSUM90", 0.3346, 0.190, 0.7547},
                    Published{"PAM30", 0.3400, 0.283, 1.754}, Published{"PAM70", 0.3345, 0.229, 1.029},
                    Published{"PAM250", 0.2252, 0.0868, 0.2223}),
    [](const auto& published) { return published.param.matrix; });

// A walk of +1 with probability p and -1 otherwise: lambda = ln(q/p) and K = (q - p)^2 / q, in closed form.
TEST(Ungapped, IsTheClosedFormOfAWalk) {
  const double p = 0.25;
  const double q = 0.75;
  const auto result = ungapped(SubstitutionMatrix::match_mismatch(1, 1));
  EXPECT_NEAR(result.lambda, std::log(q / p), 1e-12);
  EXPECT_NEAR(result.k, (q - p) * (q - p) / q, 1e-7);
  EXPECT_NEAR(result.h, std::log(q / p) * (q - p), 1e-12);
}

TEST(Ungapped, ScalesWithTheScores) {
  const auto once = ungapped(SubstitutionMatrix::match_mismatch(2, 3));
  const auto thrice = ungapped(SubstitutionMatrix::match_mismatch(6, 9));
  EXPECT_GT(once.lambda, 0);
  EXPECT_NEAR(once.lambda, 3 * thrice.lambda, 1e-12);
  EXPECT_NEAR(once.k, thrice.k, 1e-12);
  EXPECT_NEAR(once.h, thrice.h, 1e-12);
}

TEST(Ungapped, IsNothingWhereTheTheoryDoesNotHold) {
  EXPECT_FALSE(ungapped_parameters(score_distribution(SubstitutionMatrix::match_mismatch(3, 1))));  // mean 0
  EXPECT_FALSE(ungapped_parameters(score_distribution(SubstitutionMatrix::match_mismatch(4, 1))));
  EXPECT_FALSE(ungapped_parameters(score_distribution(SubstitutionMatrix::match_mismatch(0, 1))));
  EXPECT_FALSE(ungapped_parameters({}));
}

}  // namespace
}  // namespace anneal::search
