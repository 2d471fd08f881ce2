#include "search/statistics/gumbel_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/random.h"

namespace anneal::search {
namespace {

/// Scores whose distribution is exactly what is fitted.
ScoreSample sample_of(const GumbelParameters& parameters, const Growth& length, int step, int pairs) {
  constexpr int sequence_length = 1000;
  test::Random random(5);
  ScoreSample sample{.counts = {}, .sequence_length = sequence_length};
  for (int pair = 0; pair < pairs; ++pair) {
    const double uniform = (static_cast<double>(random.below(1'000'000'000)) + 0.5) / 1e9;
    int score = 0;  // the largest with P(less) <= uniform
    while (true) {
      const double places = sequence_length - std::max(length.at(score + step), 0.0);
      const double events = parameters.k * places * places * std::exp(-parameters.lambda * (score + step));
      if (std::exp(-events) > uniform) break;
      score += step;
    }
    ++sample.counts[score];
  }
  return sample;
}

TEST(GumbelFit, FindsWhatASampleIsOf) {
  struct Case {
    GumbelParameters parameters;
    Growth length;
    int step = 1;
  };
  const Case cases[] = {{{0.267, 0.041}, {1.9, -30}},
                        {{0.02, 0.041}, {0.14, -30}},
                        {{1.37, 0.7}, {1.1, 0}},
                        {{0.685, 0.7}, {0.55, 0}, 2}};
  for (const Case& each : cases) {
    constexpr int pairs = 100'000;
    const auto fit =
        fit_gumbel(sample_of(each.parameters, each.length, each.step, pairs), each.length).value_or(GumbelParameters{});
    EXPECT_NEAR(fit.lambda, each.parameters.lambda, 0.01 * each.parameters.lambda);
    EXPECT_NEAR(fit.k, each.parameters.k, 0.1 * each.parameters.k);
  }
}

TEST(GumbelFit, NeedsDifferentScores) {
  EXPECT_FALSE(fit_gumbel({.counts = {}, .sequence_length = 100}, {}));
  EXPECT_FALSE(fit_gumbel({.counts = {{0, 100}}, .sequence_length = 100}, {}));
  EXPECT_FALSE(fit_gumbel({.counts = {{3, 50}, {4, 50}}, .sequence_length = 100}, {}));
}

}  // namespace
}  // namespace anneal::search
