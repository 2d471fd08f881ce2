#include "align/metal/path_kernels.h"

#include <algorithm>

#include "align/metal/end_shape.h"
#include "align/metal/launch.h"
#include "align/metal/path_shape.h"
#include "align/recurrence/byte_matrix_scores.h"
#include "align/recurrence/equal_letter_scores.h"
#include "align/recurrence/path_program.h"
#include "device/metal/queue.h"

namespace anneal::align::metal {

extern const device::metal::Source path_kernels_letters_source;
extern const device::metal::Source path_kernels_matrix_source;
extern const device::metal::Source ungapped_kernel_source;

namespace {

using device::metal::FirstGroup;
using gpu::ScoreKind;
using recurrence::PathPair;
using recurrence::PathParameters;
using recurrence::Word;

using Letters = const unsigned char*;
using Begins = const std::int64_t*;
using Ints = const std::int32_t*;
using Ends = const recurrence::EndCell*;
using PathLaunch = device::metal::Kernel<FirstGroup, Letters, Begins, Ints, Letters, Begins, Ints, Ends, Ints, Ints,
                                         PathEntry*, Begins, const Word*, Word*, Word*, PathArguments>;
using UngappedLaunch = device::metal::Kernel<Letters, Begins, Ints, Letters, Begins, Ints, Ends, Ints, PathEntry*,
                                             Begins, const signed char*, Word*, PathArguments>;

template <class Program>
bool fits(const PathParameters& parameters, const PathPair& pair) {
  recurrence::PathRectangle rectangle;
  int zero = 0;
  return Program::Plan::plan_part(parameters, pair, rectangle, zero);
}

template <class Program>
PathNeed need(const PathParameters& parameters, std::span<const PathPair> pairs) {
  recurrence::PathRectangle rectangles[Program::parts];
  int zero = 0;
  for (std::size_t part = 0; part < pairs.size(); ++part) {
    Program::Plan::plan_part(parameters, pairs[part], rectangles[part], zero);
  }
  typename Program::Plan plan{};
  plan.make_hull(rectangles);
  PathNeed need{.least_words = plan.words()};
  plan.most_kept = std::max(plan.strips().count(), 1);
  need.most_words = plan.words();
  need.cells = Program::parts * std::uint64_t(plan.hull.rows) * std::uint64_t(plan.strips().most_steps());
  return need;
}

template <ScoreKind kind, int parts, bool banded, int rows, int lanes>
PathKernel path_kernel(std::string_view name) {
  using Form = recurrence::PathForm<parts>;
  using Scores = std::conditional_t<kind == ScoreKind::letters, recurrence::EqualLetterScores<Form, rows>,
                                    recurrence::ByteMatrixScores<Form, rows, ANNEAL_METAL_LETTERS>>;
  using Program = recurrence::PathProgram<recurrence::PathStrip<Form, Scores>, lanes, banded, true>;
  return {.parts = parts,
          .height = rows * lanes,
          .lanes = lanes,
          .banded = banded,
          .highest_raised = Scores::highest_raised,
          .penalties = recurrence::path_penalties<Form>,
          .fits = fits<Program>,
          .need = need<Program>,
          .name = name,
          .source = kind == ScoreKind::letters ? &path_kernels_letters_source : &path_kernels_matrix_source};
}

#define ANNEAL_KERNEL(kind, parts, banded, rows, lanes) \
  path_kernel<ScoreKind::kind, parts, banded, rows, lanes>("find_paths_" #parts "_" #banded "_" #rows "x" #lanes),
#define ANNEAL_KERNEL_OF(parts, banded, rows, lanes) ANNEAL_KERNEL(letters, parts, banded, rows, lanes)
const PathKernel letter_kernels[] = {ANNEAL_LETTER_PATHS(ANNEAL_KERNEL_OF)};
#undef ANNEAL_KERNEL_OF
#define ANNEAL_KERNEL_OF(parts, banded, rows, lanes) ANNEAL_KERNEL(matrix, parts, banded, rows, lanes)
const PathKernel matrix_kernels[] = {ANNEAL_MATRIX_PATHS(ANNEAL_KERNEL_OF)};
const PathKernel banded_kernels[] = {ANNEAL_BANDED_PATHS(ANNEAL_KERNEL_OF)};
#undef ANNEAL_KERNEL_OF
#undef ANNEAL_KERNEL

}  // namespace

int PathKernel::groups_per_block() const { return ANNEAL_METAL_THREADS / lanes; }

void PathKernel::launch(device::metal::Queue& queue, const PathBatch& batch, const PathParameters& parameters,
                        unsigned groups) const {
  const PathLaunch kernel{name, source};
  const std::int64_t jobs = (batch.pairs + parts - 1) / parts;
  queue.launch_sliced(
      kernel, launch_shape(queue.device(), kernel.ref(), jobs, lanes, ANNEAL_METAL_THREADS), groups,
      batch.queries.letters, batch.queries.begins, batch.queries.lengths, batch.targets.letters, batch.targets.begins,
      batch.targets.lengths, batch.ends, batch.band_centres, batch.order, batch.entries, batch.ops_ends, batch.table,
      batch.workspace, batch.ops,
      PathArguments{.parameters = parameters,
                    .penalties = penalties(parameters.gap_open, parameters.gap_extend, parameters.offset),
                    .pairs = batch.pairs,
                    .has_centres = batch.band_centres != nullptr,
                    .words_per_group = batch.words_per_group});
}

std::span<const PathKernel> path_kernels(ScoreKind scores, bool banded) {
  if (banded) return banded_kernels;
  return scores == ScoreKind::letters ? std::span<const PathKernel>(letter_kernels)
                                      : std::span<const PathKernel>(matrix_kernels);
}

void launch_ungapped_paths(device::metal::Queue& queue, const PathBatch& batch, const PathParameters& parameters) {
  static constexpr UngappedLaunch kernel{"find_ungapped_paths", &ungapped_kernel_source};
  queue.launch(kernel, launch_shape(queue.device(), kernel.ref(), batch.pairs, 1, ANNEAL_METAL_THREADS),
               batch.queries.letters, batch.queries.begins, batch.queries.lengths, batch.targets.letters,
               batch.targets.begins, batch.targets.lengths, batch.ends, batch.order, batch.entries, batch.ops_ends,
               batch.pair_scores, batch.ops,
               PathArguments{.parameters = parameters, .penalties = {}, .pairs = batch.pairs});
}

}  // namespace anneal::align::metal
