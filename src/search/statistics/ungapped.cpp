#include "search/statistics/ungapped.h"

#include <cmath>
#include <cstddef>
#include <utility>
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

/// The sum of some scores.
class ScoreSum {
 public:
  void add(const ScoreDistribution& scores) {
    std::vector<double> sums(probabilities_.size() + scores.probabilities.size() - 1);
    for (std::size_t score = 0; score < scores.probabilities.size(); ++score) {
      const double probability = scores.probabilities[score];
      if (probability == 0) continue;
      for (std::size_t sum = 0; sum < probabilities_.size(); ++sum) {
        sums[sum + score] += probability * probabilities_[sum];
      }
    }
    probabilities_ = std::move(sums);
    lowest_ += scores.lowest;
  }

  /// E[exp(lambda S); S < 0] + P(S >= 0).
  double bounded_moment(double lambda) const {
    double result = 0;
    for (std::size_t place = 0; place < probabilities_.size(); ++place) result += bounded(place, lambda);
    return result;
  }

  /// Leaves out sums that add next to nothing to this and all later moments, none of which they add more to than to
  /// this one, as exp(lambda S) is a martingale.
  void trim(double lambda) {
    constexpr double negligible = 1e-15;
    while (probabilities_.size() > 1 && bounded(probabilities_.size() - 1, lambda) < negligible) {
      probabilities_.pop_back();
    }
    std::size_t first = 0;
    while (first + 1 < probabilities_.size() && bounded(first, lambda) < negligible) ++first;
    probabilities_.erase(probabilities_.begin(), probabilities_.begin() + static_cast<std::ptrdiff_t>(first));
    lowest_ += static_cast<int>(first);
  }

 private:
  double bounded(std::size_t place, double lambda) const {
    const int sum = lowest_ + static_cast<int>(place);
    return probabilities_[place] * (sum < 0 ? std::exp(lambda * sum) : 1);
  }

  int lowest_ = 0;
  std::vector<double> probabilities_{1.0};
};

/// Sum over n of (E[exp(lambda S); S < 0] + P(S >= 0)) / n, S being the sum of n scores: what K depends on.
std::optional<double> ladder_sum(const ScoreDistribution& scores, double lambda) {
  constexpr int most_letters = 2'000;
  constexpr double negligible = 1e-9;
  double total = 0;
  ScoreSum sum;
  for (int letters = 1; letters <= most_letters; ++letters) {
    sum.add(scores);
    const double moment = sum.bounded_moment(lambda);
    total += moment / letters;
    if (moment < negligible) return total;
    sum.trim(lambda);
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
