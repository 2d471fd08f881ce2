#include "search/statistics/simulate.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"
#include "search/statistics/gumbel_fit.h"
#include "search/statistics/random_sequences.h"

namespace anneal::search {
namespace {

constexpr std::uint32_t seed = 1;

/// A straight line through points, by least squares.
class LineFit {
 public:
  void add(double x, double y) {
    count_ += 1;
    x_ += x;
    y_ += y;
    xx_ += x * x;
    xy_ += x * y;
  }

  Growth line() const {
    const double spread = xx_ - x_ * x_ / count_;
    const double slope = spread > 0 ? (xy_ - x_ * y_ / count_) / spread : 0;
    return {.slope = slope, .intercept = (y_ - slope * x_) / count_};
  }

 private:
  double count_ = 0;
  double x_ = 0;
  double y_ = 0;
  double xx_ = 0;
  double xy_ = 0;
};

class Simulation {
 public:
  Simulation(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads)
      : options_{.mode = Mode::local, .matrix = matrix, .gap_open = gap_open, .gap_extend = gap_extend},
        settings_{.backend = "cpu", .threads = threads}, sequences_(background(matrix), seed) {}

  /// Best scores of so many pairs of sequences of this length. Calls `see` for each alignment.
  ScoreSample align(
      std::uint64_t pairs, int length, Output output,
      const std::function<void(const Alignment&)>& see = [](const Alignment&) {}) {
    constexpr std::uint64_t most_at_once = 2'000;
    options_.output = output;
    const Aligner aligner(options_, settings_);
    ScoreSample sample{.counts = {}, .sequence_length = length};
    for (std::uint64_t done = 0; done < pairs; done += most_at_once) {
      const std::uint64_t count = std::min(most_at_once, pairs - done);
      for (const Alignment& alignment : align_random(aligner, count, static_cast<std::size_t>(length)).alignments) {
        ++sample.counts[alignment.score];
        see(alignment);
      }
    }
    return sample;
  }

 private:
  AlignResults align_random(const Aligner& aligner, std::uint64_t pairs, std::size_t length) {
    const std::string letters = sequences_.next(2 * pairs * length);
    std::vector<std::string_view> queries;
    std::vector<std::string_view> targets;
    for (std::uint64_t pair = 0; pair < pairs; ++pair) {
      queries.push_back(std::string_view(letters).substr(2 * pair * length, length));
      targets.push_back(std::string_view(letters).substr((2 * pair + 1) * length, length));
    }
    return aligner.align({.queries = queries, .targets = targets, .letters = Letters::encoded});
  }

  AlignOptions options_;
  AlignerSettings settings_;
  RandomSequences sequences_;
};

double mean_score(const ScoreSample& sample) {
  double pairs = 0;
  double sum = 0;
  for (const auto& [score, count] : sample.counts) {
    pairs += static_cast<double>(count);
    sum += static_cast<double>(count) * score;
  }
  return sum / pairs;
}

/// Per doubling of the length, the mean score grows by the same amount or by twice as much each time.
bool is_linear(double quarter, double half, double whole) {
  constexpr double between = 1.3;
  return whole - half > between * (half - quarter);
}

double rounded(double value) {
  if (value == 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(std::abs(value))) - 2);
  return unit < 1 ? std::round(value / unit) / std::round(1 / unit) : std::round(value / unit) * unit;
}

}  // namespace

SimulationResult simulate(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads,
                          const SimulationSize& size) {
  Simulation simulation(matrix, gap_open, gap_extend, threads);
  const int length = size.sequence_length;
  const ScoreSample quarter = simulation.align(size.probe_pairs, length / 4, Output::score);
  const ScoreSample half = simulation.align(size.probe_pairs, length / 2, Output::score);
  LineFit lengths;
  ScoreSample whole = simulation.align(size.path_pairs, length, Output::path, [&](const Alignment& alignment) {
    if (alignment.status != Status::aligned) return;
    const int query = alignment.query_end - alignment.query_begin;
    const int target = alignment.target_end - alignment.target_begin;
    lengths.add(alignment.score, (query + target) / 2.0);
  });
  if (is_linear(mean_score(quarter), mean_score(half), mean_score(whole))) {
    return {.parameters = std::nullopt,
            .failure = "gaps are so cheap that scores of unrelated sequences grow with their length; use dearer ones"};
  }
  const ScoreSample others = simulation.align(size.pairs - size.path_pairs, length, Output::score);
  for (const auto& [score, count] : others.counts) whole.counts[score] += count;
  const Growth growth = lengths.line();
  const std::optional<GumbelParameters> fit = fit_gumbel(whole, growth);
  if (!fit) return {.parameters = std::nullopt, .failure = "unrelated sequences have too few different scores"};
  return {.parameters = SimulatedParameters{.lambda = rounded(fit->lambda),
                                            .k = rounded(fit->k),
                                            .length = {rounded(growth.slope), rounded(growth.intercept)}},
          .failure = {}};
}

}  // namespace anneal::search
