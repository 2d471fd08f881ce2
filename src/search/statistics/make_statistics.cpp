#include "search/statistics/make_statistics.h"

#include <fmt/core.h>

#include "anneal/align.h"
#include "search/statistics/published.h"
#include "search/statistics/score_distribution.h"
#include "search/statistics/ungapped.h"

namespace anneal {
namespace search {
namespace {

/// Why no alignments of these letters have such statistics, whatever the gaps; empty where some do.
std::string problem_of(const SubstitutionMatrix& matrix, const ScoreDistribution& scores) {
  if (scores.probabilities.empty() || scores.highest() <= 0) {
    return fmt::format("matrix {} has no {} that score above 0", matrix.name(),
                       matrix.alphabet() == Alphabet::protein ? "amino acids" : "nucleotides");
  }
  if (scores.mean() >= 0) {
    return fmt::format("matrix {} scores {:.3g} on average for unrelated sequences, which must be below 0",
                       matrix.name(), scores.mean());
  }
  return {};
}

SimulationResult stored_or_simulated(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads,
                                     const ParameterStore& store, const SimulationSize& size) {
  if (const auto known = store.find(matrix, gap_open, gap_extend)) return *known;
  SimulationResult result = simulate(matrix, gap_open, gap_extend, threads, size);
  store.store(matrix, gap_open, gap_extend, result);
  return result;
}

std::string with_usable_costs(const std::string& failure, const SubstitutionMatrix& matrix) {
  const std::optional<GapCosts> costs = usable_gap_costs(matrix);
  if (!costs) return failure;
  return fmt::format("{} ({} has E-values with {} + n * {})", failure, matrix.name(), costs->gap_open,
                     costs->gap_extend);
}

/// Without gaps lambda is largest and alignments are shortest: what exceeds that is chance.
ScoreParameters bounded(const SimulatedParameters& simulated, const ScoreDistribution& scores) {
  const std::optional<UngappedParameters> ungapped = ungapped_parameters(scores);
  if (ungapped && simulated.lambda >= ungapped->lambda) {
    return {.source = ParameterSource::ungapped_theory,
            .lambda = ungapped->lambda,
            .k = ungapped->k,
            .h = ungapped->h,
            .length = {.slope = ungapped->lambda / ungapped->h, .intercept = 0}};
  }
  Growth length = simulated.length;
  if (ungapped && length.slope < ungapped->lambda / ungapped->h) length = {ungapped->lambda / ungapped->h, 0};
  return {.source = ParameterSource::simulated,
          .lambda = simulated.lambda,
          .k = simulated.k,
          .h = simulated.lambda / length.slope,
          .length = length};
}

}  // namespace

Statistics make_statistics(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads,
                           const ParameterStore& store, const SimulationSize& size) {
  validate(AlignOptions{.mode = Mode::local, .gap_open = gap_open, .gap_extend = gap_extend});
  const ScoreDistribution scores = score_distribution(matrix);
  if (std::string problem = problem_of(matrix, scores); !problem.empty()) {
    return Statistics::unavailable(std::move(problem));
  }
  if (const auto published = published_parameters(matrix, gap_open, gap_extend)) return Statistics(*published);
  const SimulationResult simulated = stored_or_simulated(matrix, gap_open, gap_extend, threads, store, size);
  if (!simulated.parameters) return Statistics::unavailable(with_usable_costs(simulated.failure, matrix));
  return Statistics(bounded(*simulated.parameters, scores));
}

}  // namespace search

Statistics Statistics::of(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads) {
  return search::make_statistics(matrix, gap_open, gap_extend, threads, search::ParameterStore::shared());
}

}  // namespace anneal
