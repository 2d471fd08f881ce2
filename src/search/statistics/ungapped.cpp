#include "search/statistics/ungapped.h"

#include <cmath>
#include <vector>

namespace anneal::search {
namespace {

/// The scores divided by their greatest common divisor.
ScoreDistribution reduced(const ScoreDistribution& scores, int divisor) {
  ScoreDistribution result{.lowest = scores.lowest / divisor, .probabilities = {}};
  for (std::size_t place = 0; place < scores.probabilities.size(); place += static_cast<std::size_t>(divisor)) {
    result.probabilities.push_back(scores.probabilities[place]);
  }
  return result;
}

/// Sum of p(s) exp(lambda s).
double moment(const ScoreDistribution& scores, double lambda) {
  double sum = 0;
  for (int score = scores.lowest; score <= scores.highest(); ++score) {
    sum += scores.probabilities[static_cast<std::size_t>(score - scores.lowest)] * std::exp(lambda * score);
  }
  return sum;
}

/// The positive root of moment(lambda) = 1: below it the moment is less than 1, above it more.
double find_lambda(const ScoreDistribution& scores) {
  double high = 1;
  while (moment(scores, high) < 1) high *= 2;
  double low = 0;
  while (true) {
    const double middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    (moment(scores, middle) < 1 ? low : high) = middle;
  }
}

double relative_entropy(const ScoreDistribution& scores, double lambda) {
  double sum = 0;
  for (int score = scores.lowest; score <= scores.highest(); ++score) {
    const double probability = scores.probabilities[static_cast<std::size_t>(score - scores.lowest)];
    sum += score * probability * std::exp(lambda * score);
  }
  return lambda * sum;
}

/// The distribution of a sum of one more score.
std::vector<double> convolved(const std::vector<double>& sums, const std::vector<double>& scores) {
  std::vector<double> result(sums.size() + scores.size() - 1);
  for (std::size_t score = 0; score < scores.size(); ++score) {
    if (scores[score] == 0) continue;
    for (std::size_t sum = 0; sum < sums.size(); ++sum) result[sum + score] += scores[score] * sums[sum];
  }
  return result;
}

/// Sum over n of (E[exp(lambda S); S < 0] + P(S >= 0)) / n, S being the sum of n scores: what K depends on.
std::optional<double> ladder_sum(const ScoreDistribution& scores, double lambda) {
  constexpr int most_letters = 300;
  constexpr double negligible = 1e-9;
  double total = 0;
  std::vector<double> sums{1.0};
  for (int letters = 1; letters <= most_letters; ++letters) {
    sums = convolved(sums, scores.probabilities);
    double term = 0;
    for (std::size_t place = 0; place < sums.size(); ++place) {
      const int sum = letters * scores.lowest + static_cast<int>(place);
      term += sums[place] * (sum < 0 ? std::exp(lambda * sum) : 1);
    }
    total += term / letters;
    if (term < negligible) return total;
  }
  return std::nullopt;
}

}  // namespace

std::optional<UngappedParameters> ungapped_parameters(const ScoreDistribution& scores) {
  if (scores.probabilities.empty() || scores.highest() <= 0 || scores.mean() >= 0) return std::nullopt;
  const int divisor = scores.divisor();
  const ScoreDistribution units = reduced(scores, divisor);
  const double lambda = find_lambda(units);
  const double h = relative_entropy(units, lambda);
  const std::optional<double> sum = ladder_sum(units, lambda);
  if (!sum) return std::nullopt;
  const double k = lambda * std::exp(-2 * *sum) / (h * -std::expm1(-lambda));
  return UngappedParameters{.lambda = lambda / divisor, .k = k, .h = h};
}

}  // namespace anneal::search
