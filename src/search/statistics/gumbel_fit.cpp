#include "search/statistics/gumbel_fit.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

namespace anneal::search {
namespace {

/// Where in [low, high] a function that has one maximum has it, by golden sections.
template <typename Function>
double argmax(double low, double high, const Function& function) {
  constexpr double part = 1 / std::numbers::phi;
  constexpr int steps = 40;  // to 4e-9 of the interval; nearer than that, values do not differ
  double left = high - part * (high - low);
  double right = low + part * (high - low);
  double at_left = function(left);
  double at_right = function(right);
  for (int step = 0; step < steps; ++step) {
    if (at_left < at_right) {
      low = std::exchange(left, right);
      at_left = at_right;
      right = low + part * (high - low);
      at_right = function(right);
    } else {
      high = std::exchange(right, left);
      at_right = at_left;
      left = high - part * (high - low);
      at_left = function(left);
    }
  }
  return (low + high) / 2;
}

struct Boundary {
  double score;
  double log_places;  ///< ln (n - l)^2

  /// How many alignments of this score or more to expect.
  double events(double lambda, double log_k) const { return std::exp(log_k + log_places - lambda * score); }
};

/// Pairs whose scores are in [begin, end).
struct Interval {
  Boundary begin;
  Boundary end;
  double pairs;
};

/// A sample as the fit sees it: pairs below a score, and intervals from there on.
class CensoredSample {
 public:
  CensoredSample(const ScoreSample& sample, const Growth& length)
      : length_(length), sequence_length_(sample.sequence_length) {
    std::uint64_t pairs = 0;
    int step = 0;
    for (const auto& [score, count] : sample.counts) {
      pairs += count;
      step = std::gcd(step, score);
    }
    std::uint64_t below = 0;
    for (const auto& [score, count] : sample.counts) {
      if (4 * below < pairs) {
        below += count;
        least_ = boundary(score + step);
      } else {
        intervals_.push_back({boundary(score), boundary(score + step), static_cast<double>(count)});
      }
    }
    below_ = static_cast<double>(below);
    all_ = static_cast<double>(pairs);
  }

  std::size_t different_scores() const { return intervals_.size(); }

  double log_likelihood(double lambda, double log_k) const {
    double sum = -below_ * least_.events(lambda, log_k);
    for (const Interval& interval : intervals_) {
      const double begin = interval.begin.events(lambda, log_k);
      const double end = interval.end.events(lambda, log_k);
      // ln (exp(-end) - exp(-begin)); where that is too small for a double, it falls with `end` all the same
      sum += interval.pairs * (-end + std::log(std::max(-std::expm1(end - begin), 1e-300)));
    }
    return sum;
  }

  /// With the fraction below the first interval as it is in the sample.
  double guess_log_k(double lambda) const {
    return std::log(-std::log(below_ / (all_ + 1))) - least_.log_places + lambda * least_.score;
  }

 private:
  Boundary boundary(int score) const {
    const double n = sequence_length_;
    const double letters = std::clamp(length_.at(score), 0.0, 0.75 * n);
    return {.score = static_cast<double>(score), .log_places = 2 * std::log(n - letters)};
  }

  Growth length_;
  int sequence_length_;
  Boundary least_{};
  double below_ = 0;
  double all_ = 0;
  std::vector<Interval> intervals_;
};

/// By the standard deviation of a Gumbel distribution.
double guess_lambda(const ScoreSample& sample) {
  double pairs = 0;
  double sum = 0;
  double squares = 0;
  for (const auto& [score, count] : sample.counts) {
    const auto weight = static_cast<double>(count);
    pairs += weight;
    sum += weight * score;
    squares += weight * score * score;
  }
  const double mean = sum / pairs;
  return std::numbers::pi / std::sqrt(6 * (squares / pairs - mean * mean));
}

}  // namespace

std::optional<GumbelParameters> fit_gumbel(const ScoreSample& sample, const Growth& length) {
  const CensoredSample censored(sample, length);
  if (censored.different_scores() < 3) return std::nullopt;
  const auto best_log_k = [&](double lambda) {
    const double guess = censored.guess_log_k(lambda);
    return argmax(guess - 2, guess + 2, [&](double log_k) { return censored.log_likelihood(lambda, log_k); });
  };
  const double guess = guess_lambda(sample);
  const double lambda = argmax(guess / 3, guess * 3, [&](double candidate) {
    return censored.log_likelihood(candidate, best_log_k(candidate));
  });
  return GumbelParameters{.lambda = lambda, .k = std::exp(best_log_k(lambda))};
}

}  // namespace anneal::search
