#include "search/statistics/published.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>

#include "search/statistics/background.h"
#include "search/statistics/published_dna.h"
#include "search/statistics/published_proteins.h"
#include "search/statistics/ungapped.h"

namespace anneal::search {
namespace {

/// Whether all letters of background() are in both and score alike.
bool score_alike(const SubstitutionMatrix& a, const SubstitutionMatrix& b) {
  const std::vector<BackgroundLetter> in_a = background(a);
  const std::vector<BackgroundLetter> in_b = background(b);
  if (a.alphabet() != b.alphabet() || in_a.size() != in_b.size()) return false;
  for (std::size_t query = 0; query < in_a.size(); ++query) {
    if (a.letters()[in_a[query].code] != b.letters()[in_b[query].code]) return false;
    for (std::size_t target = 0; target < in_a.size(); ++target) {
      if (a.score(in_a[query].code, in_a[target].code) != b.score(in_b[query].code, in_b[target].code)) return false;
    }
  }
  return true;
}

struct UsableGapCosts {
  std::string_view matrix;
  GapCosts costs;
};

// Of PAM120 and BLOSUM80 nothing is published. The latter is in third bits: what BLAST takes for its own matrix of that
// name, in half bits, is 10 + n, and half as much again is 15 + 1.5 n.
constexpr UsableGapCosts usable_costs[] = {
    {"BLOSUM45", {14, 2}}, {"BLOSUM50", {13, 2}}, {"BLOSUM62", {11, 1}}, {"BLOSUM80", {15, 2}}, {"BLOSUM90", {10, 1}},
    {"PAM30", {9, 1}},     {"PAM70", {10, 1}},    {"PAM120", {11, 1}},   {"PAM250", {15, 2}},
};

/// Intercepts depend on the slopes with and without gaps: see LengthDistribution's paper.
Growth gapped_growth(double slope, double ungapped_slope, int shortest_gap) {
  return {.slope = slope, .intercept = 2.0 * shortest_gap * (ungapped_slope - slope)};
}

ScoreParameters from_row(const PublishedProteinRow& row, const PublishedProteinRow& ungapped) {
  const int shortest_gap = row.gap_open + row.gap_extend;
  return {.source = ParameterSource::published,
          .lambda = row.lambda,
          .k = row.k,
          .h = row.h,
          .length = {.slope = row.alpha, .intercept = row.beta},
          .length_distribution =
              LengthDistribution{.mean = gapped_growth(row.alpha, ungapped.alpha, shortest_gap),
                                 .variance = gapped_growth(row.alpha_v, ungapped.alpha_v, shortest_gap),
                                 .covariance = gapped_growth(row.sigma, ungapped.alpha_v, shortest_gap)}};
}

std::optional<ScoreParameters> protein_parameters(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) {
  for (const PublishedProtein& published : published_proteins) {
    if (!score_alike(matrix, SubstitutionMatrix::builtin(published.matrix))) continue;
    for (const PublishedProteinRow& row : published.rows) {
      if (row.gap_open == gap_open && row.gap_extend == gap_extend) return from_row(row, published.rows.front());
    }
  }
  return std::nullopt;
}

/// What a matrix that only tells equal nucleotides from different ones scores; divided by what divides both.
struct MatchScores {
  int match;
  int mismatch;
  int divisor;
};

std::optional<MatchScores> match_scores(const SubstitutionMatrix& matrix) {
  const std::vector<BackgroundLetter> letters = background(matrix);
  if (letters.size() != 4) return std::nullopt;
  const int match = matrix.score(letters[0].code, letters[0].code);
  const int mismatch = -matrix.score(letters[0].code, letters[1].code);
  const int divisor = std::gcd(match, mismatch);
  const bool in_range = match > 0 && match <= 127 && mismatch >= 0 && mismatch <= 128;
  if (!in_range || !score_alike(matrix, SubstitutionMatrix::match_mismatch(match, mismatch))) return std::nullopt;
  return MatchScores{.match = match / divisor, .mismatch = mismatch / divisor, .divisor = divisor};
}

bool has_costs(const PublishedDnaRow& row, const MatchScores& scores, int gap_open, int gap_extend) {
  if (row.gap_open == greedy) {
    return gap_open == 0 && 2 * gap_extend == scores.divisor * (scores.match + 2 * scores.mismatch);
  }
  return gap_open == scores.divisor * row.gap_open && gap_extend == scores.divisor * row.gap_extend;
}

std::optional<ScoreParameters> dna_parameters(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) {
  const std::optional<MatchScores> scores = match_scores(matrix);
  if (!scores) return std::nullopt;
  const auto published = std::ranges::find_if(published_dna, [&](const PublishedDna& each) {
    return each.match == scores->match && each.mismatch == scores->mismatch;
  });
  if (published == std::end(published_dna)) return std::nullopt;
  ScoreParameters result{.score_step = published->score_step * scores->divisor};
  for (const PublishedDnaRow& row : published->rows) {
    if (!has_costs(row, *scores, gap_open, gap_extend)) continue;
    result.lambda = row.lambda / scores->divisor;
    result.k = row.k;
    result.h = row.h;
    result.length = {.slope = row.alpha / scores->divisor, .intercept = row.beta};
    return result;
  }
  const bool gaps_matter = gap_open < scores->divisor * published->ungapped_open ||
                           gap_extend < scores->divisor * published->ungapped_extend;
  if (gaps_matter) return std::nullopt;
  const std::optional<UngappedParameters> ungapped = ungapped_parameters(score_distribution(matrix));
  if (!ungapped) return std::nullopt;
  result.source = ParameterSource::ungapped_theory;
  result.lambda = ungapped->lambda;
  result.k = ungapped->k;
  result.h = ungapped->h;
  result.length = {.slope = ungapped->lambda / ungapped->h, .intercept = published->ungapped_beta};
  return result;
}

}  // namespace

std::optional<ScoreParameters> published_parameters(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) {
  return matrix.alphabet() == Alphabet::protein ? protein_parameters(matrix, gap_open, gap_extend)
                                                : dna_parameters(matrix, gap_open, gap_extend);
}

std::optional<GapCosts> usable_gap_costs(const SubstitutionMatrix& matrix) {
  for (const UsableGapCosts& usable : usable_costs) {
    if (score_alike(matrix, SubstitutionMatrix::builtin(usable.matrix))) return usable.costs;
  }
  return std::nullopt;
}

}  // namespace anneal::search
