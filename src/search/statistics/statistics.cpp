#include "anneal/statistics.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "anneal/error.h"
#include "search/statistics/search_space.h"

namespace anneal {
namespace {

std::string_view origin(ParameterSource source) {
  switch (source) {
    case ParameterSource::published:
      return "published by NCBI";
    case ParameterSource::ungapped_theory:
      return "by theory, as without gaps";
    case ParameterSource::simulated:
      return "simulated";
  }
  return "unknown";
}

void check_positive(std::string_view name, double value) {
  if (std::isfinite(value) && value > 0) return;
  throw Error(ErrorCode::invalid_argument, fmt::format("{} is {}; it must be above 0", name, value));
}

}  // namespace

Statistics::Statistics(const ScoreParameters& parameters) : parameters_(parameters) {
  check_positive("lambda", parameters_->lambda);
  check_positive("K", parameters_->k);
  check_positive("score_step", parameters_->score_step);
  source_ =
      fmt::format("lambda {:.4g}, K {:.3g}, {}; {}", parameters_->lambda, parameters_->k, origin(parameters_->source),
                  parameters_->length_distribution ? "finite-size correction" : "length adjustment");
}

Statistics Statistics::unavailable(std::string reason) {
  Statistics result;
  result.unavailable_reason_ = std::move(reason);
  return result;
}

const ScoreParameters& Statistics::parameters() const {
  if (!parameters_) {
    throw Error(ErrorCode::invalid_argument, fmt::format("there are no E-values: {}", unavailable_reason_));
  }
  return *parameters_;
}

double Statistics::bit_score(int score) const {
  return (parameters().lambda * score - std::log(parameters().k)) / std::numbers::ln2;
}

double Statistics::evalue(int score, std::uint64_t query_length, std::uint64_t target_length,
                          const SearchSpace& space) const {
  const ScoreParameters& known = parameters();
  const int counted = score - score % known.score_step;
  double places = 0;
  if (known.length_distribution) {
    // As if the database consisted of sequences as long as this one.
    const double targets = static_cast<double>(space.letters) / std::max(1.0, static_cast<double>(target_length));
    places = targets *
             search::expected_places(*known.length_distribution, known.lambda, counted, query_length, target_length);
  } else {
    places = search::adjusted_search_space(known, query_length, space);
  }
  return places * known.k * std::exp(-known.lambda * counted);
}

}  // namespace anneal
