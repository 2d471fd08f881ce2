#include "align/cuda/scorings.h"

#include <limits>

#include "align/engine.h"
#include "align/gpu/extend_scoring.h"
#include "align/gpu/rows_end_parameters.h"
#include "align/gpu/two_piece_scoring.h"

namespace anneal::align::cuda {
namespace {

EndChoice end_choice(const EndKernel& kernel, const EndScoring& scoring, const recurrence::Word* table,
                     const AlignOptions& options) {
  const int highest = options.matrix.highest();
  const recurrence::Penalties penalties = kernel.penalties(options.gap_open, options.gap_extend, scoring.offset);
  return {.kernel = &kernel,
          .range = {.gap_open = options.gap_open,
                    .gap_extend = options.gap_extend,
                    .offset = scoring.offset,
                    .highest_pair = highest},
          .parameters = end_parameters(options, penalties, kernel.highest_exact(highest)),
          .table = table};
}

}  // namespace

Scorings::Scorings(const AlignOptions& options, Gpu& gpu, device::cuda::Queue& queue)
    : memory_(gpu.memory()), queue_(queue), rows_parameters_(rows_end_parameters(options)),
      two_piece_parameters_(gpu::two_piece_parameters(options)) {
  const EndScoring letters = letter_scoring(options), matrix = matrix_scoring(options);
  padding_ = static_cast<unsigned char>(options.matrix.size());
  if (options.mode != Mode::extend && options.band < 0 && !needs_two_piece_kernels(options)) {
    add_ends(letters, options);
    add_ends(matrix, options);
  }
  const std::vector<recurrence::Word> scores = extend_table(options.matrix);
  score_table_ = upload(scores.data(), scores.size());
  if (options.output != Output::path || needs_two_piece_kernels(options)) return;
  if (options.band < 0) letter_paths_ = add_paths(letter_path_scoring(options), options);
  matrix_paths_ = add_paths(matrix_path_scoring(options), options);
  const auto pairs = cuda::pair_scores(options.matrix);
  pair_scores_ = upload(pairs.data(), pairs.size());
}

template <class T>
device::Buffer<T> Scorings::upload(const T* values, std::size_t count) {
  device::Buffer<T> buffer = memory_.acquire<T>(count);
  queue_.copy(buffer.data(), values, count * sizeof(T));
  return buffer;
}

void Scorings::add_ends(const EndScoring& scoring, const AlignOptions& options) {
  if (scoring.table.empty()) return;
  tables_.push_back(upload(scoring.table.data(), scoring.table.size()));
  const recurrence::Word* const table = tables_.back().data();
  const bool local = options.mode == Mode::local;
  for (const EndKernel& kernel : end_kernels(local, scoring.kind)) {
    const EndChoice choice = end_choice(kernel, scoring, table, options);
    if (local && !kernel.fits(choice.range)) continue;
    if (kernel.keeps_checkpoints() && options.output != Output::path) continue;
    end_choices_.push_back(choice);
    if (kernel.shape.form.has_dust()) finisher_ = end_choice(undecided_end_kernel(), scoring, table, options);
  }
}

PathChoice Scorings::add_paths(const PathScoring& scoring, const AlignOptions& options) {
  PathChoice choice;
  if (scoring.table.empty()) return choice;
  tables_.push_back(upload(scoring.table.data(), scoring.table.size()));
  choice.table = tables_.back().data();
  choice.parameters = path_parameters(options, scoring);
  // Only pairs that have a path are asked for; of extensions, its score lacks h0.
  choice.parameters.min_score = std::numeric_limits<std::int32_t>::min();
  for (const PathKernel& kernel : path_kernels(scoring.kind, options.band >= 0)) {
    if (scoring.highest_raised <= kernel.highest_raised) choice.kernels.push_back(&kernel);
  }
  if (options.mode == Mode::local && options.band < 0) choice.from_checkpoints = checkpoint_path_kernel(scoring.kind);
  return choice;
}

}  // namespace anneal::align::cuda
