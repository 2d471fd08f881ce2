#include "search/statistics/search_space.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace anneal::search {
namespace {

/// What length_adjustment() solves.
class AdjustmentEquation {
 public:
  AdjustmentEquation(const ScoreParameters& parameters, std::uint64_t query_length, const SearchSpace& space)
      : parameters_(parameters), m_(static_cast<double>(query_length)), n_(static_cast<double>(space.letters)),
        sequences_(static_cast<double>(space.sequences)) {}

  /// The largest l for which the space is large enough, by the quadratic formula; negative where there is none.
  double largest() const {
    const double b = m_ * sequences_ + n_;
    const double c = m_ * n_ - std::max(m_, n_) / parameters_.k;
    if (c <= 0) return -1;
    return 2 * c / (b + std::sqrt(b * b - 4 * sequences_ * c));
  }

  /// Whether l is not above the solution.
  bool allows(double l) const {
    const double pairs = (m_ - l) * (n_ - sequences_ * l);
    return parameters_.length.at(std::log(parameters_.k * pairs) / parameters_.lambda) >= l;
  }

 private:
  const ScoreParameters& parameters_;
  double m_;
  double n_;
  double sequences_;
};

/// How far an end of the sequence is beyond an alignment's expected length, against the standard deviation.
struct Room {
  double expected;     ///< letters left, at least 0, averaged over the lengths of alignments
  double probability;  ///< that any are left
};

Room room(const LengthDistribution& lengths, double lambda, double score, std::uint64_t sequence_length) {
  const double left = static_cast<double>(sequence_length) - lengths.mean.at(score);
  const double deviation = std::sqrt(std::max(2 * lengths.variance.slope / lambda, lengths.variance.at(score)));
  const double ratio = left / deviation;
  const double density = std::exp(-0.5 * ratio * ratio) / std::sqrt(2 * std::numbers::pi);
  const double probability = std::erfc(-ratio / std::numbers::sqrt2) / 2;
  return {.expected = std::max(0.0, left * probability + deviation * density), .probability = probability};
}

}  // namespace

std::uint64_t length_adjustment(const ScoreParameters& parameters, std::uint64_t query_length,
                                const SearchSpace& space) {
  const AdjustmentEquation equation(parameters, query_length, space);
  const double largest = equation.largest();
  if (largest < 0 || !equation.allows(0)) return 0;
  // What allows() compares with l falls as l grows, so that halving finds where it stops.
  std::uint64_t low = 0;
  std::uint64_t high = static_cast<std::uint64_t>(largest) + 1;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (equation.allows(static_cast<double>(middle)) ? low : high) = middle;
  }
  return low;
}

double adjusted_search_space(const ScoreParameters& parameters, std::uint64_t query_length, const SearchSpace& space) {
  const double adjustment = static_cast<double>(length_adjustment(parameters, query_length, space));
  const double letters = static_cast<double>(space.letters) - adjustment * static_cast<double>(space.sequences);
  return std::max(1.0, letters) * std::max(1.0, static_cast<double>(query_length) - adjustment);
}

double expected_places(const LengthDistribution& lengths, double lambda, int score, std::uint64_t query_length,
                       std::uint64_t target_length) {
  const Room query = room(lengths, lambda, score, query_length);
  const Room target = room(lengths, lambda, score, target_length);
  const double covariance = std::max(2 * lengths.covariance.slope / lambda, lengths.covariance.at(score));
  return query.expected * target.expected + covariance * query.probability * target.probability;
}

}  // namespace anneal::search
