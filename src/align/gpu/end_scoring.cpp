#include "align/gpu/end_scoring.h"

#include "align/recurrence/letter_table.h"
#include "align/recurrence/matrix_table.h"

namespace anneal::align::gpu {
namespace {

constexpr int unambiguous = 4;  // A, C, G and T come first

}  // namespace

std::optional<MatchMismatch> match_mismatch_of(const SubstitutionMatrix& matrix) {
  if (matrix.alphabet() != Alphabet::dna || matrix.letters() != "ACGTN") return std::nullopt;
  const MatchMismatch found{matrix.score(0, 0), -matrix.score(0, 1)};
  for (int query = 0; query < matrix.size(); ++query) {
    for (int target = 0; target < matrix.size(); ++target) {
      const bool has_n = query == unambiguous || target == unambiguous;
      const int expected = has_n ? -1 : query == target ? found.match : -found.mismatch;
      if (matrix.score(query, target) != expected) return std::nullopt;
    }
  }
  return found;
}

namespace {

bool target_begin_is_free(const AlignOptions& options) {
  return options.mode == Mode::ends_free && options.free_ends.target_begin;
}

}  // namespace

EndScoring letter_scoring(const AlignOptions& options) {
  EndScoring scoring{
      .kind = ScoreKind::letters, .offset = options.gap_open + options.gap_extend, .padding = 5, .table = {}};
  const std::optional<MatchMismatch> costs = match_mismatch_of(options.matrix);
  // N scores -1.
  if (!costs || target_begin_is_free(options) || scoring.offset < 1 || scoring.offset < costs->mismatch) return scoring;
  if (costs->match + scoring.offset > 127) return scoring;
  recurrence::Word words[recurrence::letter_words];
  recurrence::fill_letter_words(costs->match, costs->mismatch, scoring.offset, words);
  scoring.table.assign(std::begin(words), std::end(words));
  return scoring;
}

EndScoring matrix_scoring(const AlignOptions& options, int copies) {
  const SubstitutionMatrix& matrix = options.matrix;
  EndScoring scoring{.kind = ScoreKind::matrix, .offset = 0, .padding = matrix_letters, .table = {}};
  scoring.offset = recurrence::matrix_offset(matrix.lowest(), options.gap_open, options.gap_extend);
  const int padding_score = target_begin_is_free(options) ? 0 : -scoring.offset;
  if (matrix.highest() + scoring.offset > 255) return scoring;
  // Kernels are chosen by the matrix's highest score; any must hold padding that scores more.
  const int narrowest = recurrence::MatrixScores<recurrence::Form<2, false, 1, 0>, 1, matrix_letters>::highest_raised;
  if (padding_score > matrix.highest() && padding_score + scoring.offset > narrowest) return scoring;
  const int words = (matrix_letters + 1) * (matrix_letters / 4 + 1) * copies;
  scoring.table.resize(static_cast<std::size_t>(words));
  recurrence::fill_matrix_table(
      matrix_letters, [&](int query, int target) { return matrix.score(query, target); }, matrix.size(), scoring.offset,
      padding_score, reinterpret_cast<unsigned char*>(scoring.table.data()), copies);
  return scoring;
}

recurrence::EndParameters end_parameters(const AlignOptions& options, const recurrence::Penalties& penalties,
                                         int highest_exact) {
  const bool ends_free = options.mode == Mode::ends_free;
  return {.penalties = penalties,
          .gap_open = options.gap_open,
          .gap_extend = options.gap_extend,
          .query_begin_free = ends_free && options.free_ends.query_begin,
          .target_begin_free = ends_free && options.free_ends.target_begin,
          .query_end_free = ends_free && options.free_ends.query_end,
          .target_end_free = ends_free && options.free_ends.target_end,
          .highest_exact = highest_exact};
}

}  // namespace anneal::align::gpu
