#include "align/metal/end_kernels.h"

#include "align/metal/arguments.h"
#include "align/metal/end_shape.h"
#include "align/metal/launch.h"
#include "align/recurrence/byte_matrix_scores.h"
#include "align/recurrence/end_program.h"
#include "align/recurrence/equal_letter_scores.h"
#include "device/metal/queue.h"

namespace anneal::align::metal {

extern const device::metal::Source end_kernels_local_letters_source;
extern const device::metal::Source end_kernels_local_matrix_source;
extern const device::metal::Source end_kernels_global_letters_source;
extern const device::metal::Source end_kernels_global_matrix_source;
extern const device::metal::Source rows_end_kernel_source;

namespace {

using device::metal::FirstGroup;
using gpu::EndForm;
using gpu::ScoreKind;
using recurrence::EndCell;
using recurrence::ExcludedEnds;
using recurrence::Word;

using Letters = const unsigned char*;
using Begins = const std::int64_t*;
using Ints = const std::int32_t*;
using EndLaunch = device::metal::Kernel<FirstGroup, Letters, Begins, Ints, Letters, Begins, Ints, Ints, EndCell*,
                                        const Word*, recurrence::Border*, EndArguments>;
using RowsEndLaunch =
    device::metal::Kernel<FirstGroup, Letters, Begins, Ints, Letters, Begins, Ints, Ints, const ExcludedEnds*, Ints,
                          EndCell*, const Word*, std::int32_t*, RowsEndArguments>;

template <EndForm form>
using FormOf = recurrence::Form<form.parts, form.local, form.unit, form.bias, form.keeps_row>;

template <ScoreKind kind, EndForm form, int rows, int lanes, bool one_strip, int longest>
EndKernel end_kernel(std::string_view name, const device::metal::Source& source) {
  using Form = FormOf<form>;
  using Scores = std::conditional_t<kind == ScoreKind::letters, recurrence::EqualLetterScores<Form, rows>,
                                    recurrence::ByteMatrixScores<Form, rows, ANNEAL_METAL_LETTERS>>;
  using Program =
      recurrence::EndProgram<recurrence::Strip<Form, Scores>, lanes, one_strip, 1, 0, ANNEAL_BORDER_STRIDE(lanes)>;
  constexpr gpu::EndShape shape{.form = form,
                                .rows = rows,
                                .lanes = lanes,
                                .one_strip = one_strip,
                                .columns = 1,
                                .unrolled = 1,
                                .threads = ANNEAL_METAL_THREADS,
                                .blocks = 1,
                                .longest = longest,
                                .longest_target = ANNEAL_LONGEST_TARGET(lanes)};
  static_assert(is_sound(shape));
  static_assert(Program::Scores::table_words * sizeof(Word) <= 32 << 10);
  return {gpu::end_traits_of<Program>(shape, kind), name, &source};
}

#define ANNEAL_KERNEL(kind, form, rows, lanes, one_strip, longest, source)                                         \
  end_kernel<ScoreKind::kind, gpu::form, rows, lanes, one_strip, longest>("find_ends_" #form "_" #rows "x" #lanes, \
                                                                          source),
#define ANNEAL_KERNEL_OF(form, rows, lanes, one_strip, longest) \
  ANNEAL_KERNEL(letters, form, rows, lanes, one_strip, longest, end_kernels_local_letters_source)
const EndKernel local_letters[] = {ANNEAL_LOCAL_LETTER_ENDS(ANNEAL_KERNEL_OF)};
#undef ANNEAL_KERNEL_OF
#define ANNEAL_KERNEL_OF(form, rows, lanes, one_strip, longest) \
  ANNEAL_KERNEL(matrix, form, rows, lanes, one_strip, longest, end_kernels_local_matrix_source)
const EndKernel local_matrix[] = {ANNEAL_LOCAL_MATRIX_ENDS(ANNEAL_KERNEL_OF)};
#undef ANNEAL_KERNEL_OF
#define ANNEAL_KERNEL_OF(form, rows, lanes, one_strip, longest) \
  ANNEAL_KERNEL(letters, form, rows, lanes, one_strip, longest, end_kernels_global_letters_source)
const EndKernel global_letters[] = {ANNEAL_GLOBAL_LETTER_ENDS(ANNEAL_KERNEL_OF)};
#undef ANNEAL_KERNEL_OF
#define ANNEAL_KERNEL_OF(form, rows, lanes, one_strip, longest) \
  ANNEAL_KERNEL(matrix, form, rows, lanes, one_strip, longest, end_kernels_global_matrix_source)
const EndKernel global_matrix[] = {ANNEAL_GLOBAL_MATRIX_ENDS(ANNEAL_KERNEL_OF)};
#undef ANNEAL_KERNEL_OF
#undef ANNEAL_KERNEL

}  // namespace

void EndKernel::launch(device::metal::Queue& queue, const gpu::EndBatch& batch,
                       const recurrence::EndParameters& parameters, unsigned groups) const {
  const EndLaunch kernel{name, source};
  const std::int64_t jobs = (batch.pairs + shape.form.parts - 1) / shape.form.parts;
  queue.launch_sliced(
      kernel, launch_shape(queue.device(), kernel.ref(), jobs, shape.lanes, shape.threads), groups,
      batch.queries.letters, batch.queries.begins, batch.queries.lengths, batch.targets.letters, batch.targets.begins,
      batch.targets.lengths, batch.order, batch.results, batch.table, batch.borders,
      EndArguments{.parameters = parameters, .pairs = batch.pairs, .borders_per_group = batch.borders_per_group});
}

std::span<const EndKernel> end_kernels(bool local, ScoreKind scores) {
  switch (scores) {
    case ScoreKind::letters:
      return local ? std::span(local_letters) : std::span<const EndKernel>(global_letters);
    case ScoreKind::matrix:
      return local ? std::span<const EndKernel>(local_matrix) : std::span<const EndKernel>(global_matrix);
  }
  return {};
}

void launch_rows_end(device::metal::Queue& queue, const gpu::RowsEndBatch& batch,
                     const recurrence::RowsEndParameters& parameters, unsigned groups) {
  static constexpr RowsEndLaunch kernel{"find_ends_by_rows", &rows_end_kernel_source};
  queue.launch_sliced(
      kernel, launch_shape(queue.device(), kernel.ref(), batch.pairs, gpu::RowsEndProgram::lanes, rows_end_threads),
      groups, batch.queries.letters, batch.queries.begins, batch.queries.lengths, batch.targets.letters,
      batch.targets.begins, batch.targets.lengths, batch.band_centres, batch.excluded_ends, batch.order, batch.results,
      batch.table, batch.rows,
      RowsEndArguments{.parameters = parameters,
                       .pairs = batch.pairs,
                       .has_centres = batch.band_centres != nullptr,
                       .excludes_ends = batch.excluded_ends != nullptr,
                       .rows_per_group = batch.rows_per_group});
}

}  // namespace anneal::align::metal
