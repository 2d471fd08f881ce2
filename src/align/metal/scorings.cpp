#include "align/metal/scorings.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "align/engine.h"
#include "align/gpu/extend_scoring.h"
#include "align/gpu/path_scoring.h"
#include "align/gpu/rows_end_parameters.h"
#include "align/gpu/two_piece_scoring.h"

namespace anneal::align::metal {
namespace {

constexpr int table_copies = 1;  // of ByteMatrixScores

// Of EqualLetterScores.
bool takes_letters(const AlignOptions& options) {
  const std::optional<gpu::MatchMismatch> costs = gpu::match_mismatch_of(options.matrix);
  return options.mode != Mode::local || (costs && costs->mismatch >= 0);
}

EndChoice end_choice(const EndKernel& kernel, const gpu::EndScoring& scoring, const recurrence::Word* table,
                     const AlignOptions& options) {
  const int highest = options.matrix.highest();
  const recurrence::Penalties penalties = kernel.penalties(options.gap_open, options.gap_extend, scoring.offset);
  return {.kernel = &kernel,
          .range = {.gap_open = options.gap_open,
                    .gap_extend = options.gap_extend,
                    .offset = scoring.offset,
                    .highest_pair = highest},
          .parameters = gpu::end_parameters(options, penalties, kernel.highest_exact(highest)),
          .table = table};
}

PathChoice path_choice(const gpu::PathScoring& scoring, const recurrence::Word* table, const AlignOptions& options) {
  PathChoice choice{.kernels = {}, .parameters = gpu::path_parameters(options, scoring), .table = table};
  // Only pairs that have a path are asked for; of extensions, its score lacks h0.
  choice.parameters.min_score = std::numeric_limits<std::int32_t>::min();
  for (const PathKernel& kernel : path_kernels(scoring.kind, options.band >= 0)) {
    if (scoring.highest_raised <= kernel.highest_raised) choice.kernels.push_back(&kernel);
  }
  return choice;
}

}  // namespace

Scorings::Scorings(const AlignOptions& options, Gpu& gpu, device::metal::Queue& queue)
    : gpu_(gpu), queue_(queue), padding_(static_cast<unsigned char>(options.matrix.size())),
      rows_parameters_(gpu::rows_end_parameters(options)), two_piece_parameters_(gpu::two_piece_parameters(options)) {
  if (options.mode != Mode::extend && options.band < 0 && !needs_two_piece_kernels(options)) {
    if (takes_letters(options)) add_ends(gpu::letter_scoring(options), options);
    add_ends(gpu::matrix_scoring(options, table_copies), options);
  }
  const std::vector<recurrence::Word> scores = gpu::extend_table(options.matrix);
  score_table_ = upload(scores.data(), scores.size());
  if (options.output == Output::path && !needs_two_piece_kernels(options)) add_paths(options);
}

template <class T>
const T* Scorings::upload(const T* values, std::size_t count) {
  gpu::MirrorLayout layout;
  const gpu::Piece<T> piece = layout.add<T>(count);
  tables_.emplace_back(layout, gpu_.staging(), gpu_.memory());
  std::copy_n(values, count, tables_.back().host(piece));
  tables_.back().upload(queue_, piece);
  return tables_.back().device(piece);
}

void Scorings::add_ends(const gpu::EndScoring& scoring, const AlignOptions& options) {
  if (scoring.table.empty()) return;
  const recurrence::Word* const table = upload(scoring.table.data(), scoring.table.size());
  const bool local = options.mode == Mode::local;
  for (const EndKernel& kernel : end_kernels(local, scoring.kind)) {
    const EndChoice choice = end_choice(kernel, scoring, table, options);
    if (!local || kernel.fits(choice.range)) end_choices_.push_back(choice);
  }
}

void Scorings::add_paths(const AlignOptions& options) {
  const gpu::PathScoring letters = gpu::letter_path_scoring(options);
  if (options.band < 0 && !letters.table.empty()) {
    letter_paths_ = path_choice(letters, upload(letters.table.data(), letters.table.size()), options);
  }
  const gpu::PathScoring matrix = gpu::matrix_path_scoring(options, table_copies);
  matrix_paths_ = path_choice(matrix, upload(matrix.table.data(), matrix.table.size()), options);
  const auto pairs = gpu::pair_scores(options.matrix);
  pair_scores_ = upload(pairs.data(), pairs.size());
}

}  // namespace anneal::align::metal
