#include "search/statistics/score_distribution.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>

#include "search/statistics/background.h"

namespace anneal::search {

double ScoreDistribution::mean() const {
  double sum = 0;
  for (int score = lowest; score <= highest(); ++score) {
    sum += score * probabilities[static_cast<std::size_t>(score - lowest)];
  }
  return sum;
}

int ScoreDistribution::divisor() const {
  int result = 0;
  for (int score = lowest; score <= highest(); ++score) {
    if (probabilities[static_cast<std::size_t>(score - lowest)] > 0) result = std::gcd(result, score);
  }
  return result;
}

ScoreDistribution score_distribution(const SubstitutionMatrix& matrix) {
  const std::vector<BackgroundLetter> letters = background(matrix);
  std::map<int, std::uint64_t> weights;
  for (const BackgroundLetter& query : letters) {
    for (const BackgroundLetter& target : letters) {
      weights[matrix.score(query.code, target.code)] += std::uint64_t{query.weight} * target.weight;
    }
  }
  if (weights.empty()) return {};
  const int lowest = weights.begin()->first;
  ScoreDistribution result{.lowest = lowest, .probabilities = {}};
  result.probabilities.resize(static_cast<std::size_t>(weights.rbegin()->first - lowest + 1));
  const double total = total_weight(letters);
  for (const auto& [score, weight] : weights) {
    result.probabilities[static_cast<std::size_t>(score - lowest)] = static_cast<double>(weight) / (total * total);
  }
  return result;
}

}  // namespace anneal::search
