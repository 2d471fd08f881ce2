#include "align/gpu/path_scoring.h"

#include <algorithm>

#include "align/gpu/end_scoring.h"
#include "align/recurrence/boundary.h"
#include "align/recurrence/letter_table.h"
#include "align/recurrence/matrix_table.h"

namespace anneal::align::gpu {
namespace {

int offset_of(const SubstitutionMatrix& matrix) { return std::max(-matrix.lowest(), 0); }

// How many of the first codes match themselves, all with the score of the first.
int alike_codes(const SubstitutionMatrix& matrix) {
  int codes = 0;
  while (codes < matrix.size() && matrix.is_match(codes, codes) && matrix.score(codes, codes) == matrix.score(0, 0)) {
    ++codes;
  }
  return codes;
}

}  // namespace

PathScoring letter_path_scoring(const AlignOptions& options) {
  const SubstitutionMatrix& matrix = options.matrix;
  PathScoring scoring{.kind = ScoreKind::letters,
                      .offset = offset_of(matrix),
                      .highest_raised = matrix.highest() + offset_of(matrix),
                      .table = {}};
  const std::optional<MatchMismatch> costs = match_mismatch_of(matrix);
  if (!costs || scoring.highest_raised > 127) return scoring;
  recurrence::Word words[recurrence::letter_words];
  recurrence::fill_letter_words(costs->match, costs->mismatch, scoring.offset, words);
  scoring.table.assign(std::begin(words), std::end(words));
  return scoring;
}

PathScoring matrix_path_scoring(const AlignOptions& options, int copies) {
  const SubstitutionMatrix& matrix = options.matrix;
  PathScoring scoring{.kind = ScoreKind::matrix,
                      .offset = offset_of(matrix),
                      .highest_raised = matrix.highest() + offset_of(matrix),
                      .table = {}};
  const int words = (matrix_letters + 1) * (matrix_letters / 4 + 1) * copies;
  scoring.table.resize(static_cast<std::size_t>(words));
  recurrence::fill_matrix_table(
      matrix_letters, [&](int query, int target) { return matrix.score(query, target); }, matrix.size(), scoring.offset,
      -scoring.offset, reinterpret_cast<unsigned char*>(scoring.table.data()), copies);
  return scoring;
}

recurrence::Word identity_of(const SubstitutionMatrix& matrix) {
  recurrence::Word identity = 0;
  for (int code = 0; code < matrix.size(); ++code) {
    if (matrix.is_match(code, code)) identity |= 1u << code;
  }
  return identity;
}

recurrence::PathParameters path_parameters(const AlignOptions& options, const PathScoring& scoring) {
  const Boundary boundary = boundary_of(options);
  const int highest = std::max(options.matrix.highest(), 0), match = options.matrix.score(0, 0);
  return {.local = boundary.local,
          .query_begin_free = boundary.query_begin_free,
          .target_begin_free = boundary.target_begin_free,
          .score_is_known = options.mode != Mode::extend,
          .gap_open = options.gap_open,
          .gap_extend = options.gap_extend,
          .highest = highest,
          .offset = scoring.offset,
          .band = options.band,
          .min_score = options.min_score,
          .identity = identity_of(options.matrix),
          .match_codes = static_cast<recurrence::Word>(match == highest ? alike_codes(options.matrix) : 0),
          .match = match};
}

std::array<signed char, recurrence::pair_scores_stride * recurrence::pair_scores_stride> pair_scores(
    const SubstitutionMatrix& matrix) {
  std::array<signed char, recurrence::pair_scores_stride * recurrence::pair_scores_stride> scores{};
  for (int query = 0; query < matrix.size(); ++query) {
    for (int target = 0; target < matrix.size(); ++target) {
      scores[static_cast<std::size_t>(query * recurrence::pair_scores_stride + target)] =
          static_cast<signed char>(matrix.score(query, target));
    }
  }
  return scores;
}

}  // namespace anneal::align::gpu
