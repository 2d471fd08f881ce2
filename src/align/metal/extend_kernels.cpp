#include "align/metal/extend_kernels.h"

#include "align/metal/arguments.h"
#include "align/metal/end_shape.h"
#include "align/metal/extend_shape.h"
#include "align/metal/launch.h"
#include "align/recurrence/extend_program.h"
#include "align/recurrence/extend_rows_program.h"
#include "align/recurrence/extend_scores.h"
#include "device/metal/queue.h"

namespace anneal::align::metal {

extern const device::metal::Source extend_kernels_few_source;
extern const device::metal::Source extend_kernels_any_source;

namespace {

using device::metal::FirstGroup;
using gpu::ExtendLetters;
using recurrence::Word;

constexpr int lanes = 32;

using Letters = const unsigned char*;
using Begins = const std::int64_t*;
using Ints = const std::int32_t*;
using ExtendLaunch = device::metal::Kernel<FirstGroup, Letters, Begins, Ints, Letters, Begins, Ints, Ints, Ints, Ints,
                                           recurrence::ExtendEnd*, const Word*, std::int32_t*, ExtendArguments>;

template <class Program>
ExtendKernel extend_kernel(ExtendLetters letters, int cells, std::string_view name,
                           const device::metal::Source& source) {
  const gpu::ExtendShape shape{
      .letters = letters, .lanes = lanes, .cells = cells, .threads = ANNEAL_METAL_THREADS, .blocks = 1};
  return {gpu::extend_traits_of<Program>(shape), name, &source};
}

template <int cells>
ExtendKernel few(std::string_view name) {
  using Program = recurrence::ExtendProgram<recurrence::FewLetterScores<cells>, lanes, cells>;
  return extend_kernel<Program>(ExtendLetters::few, cells, name, extend_kernels_few_source);
}
template <int cells>
ExtendKernel any(std::string_view name) {
  using Program = recurrence::ExtendProgram<recurrence::AnyLetterScores<cells>, lanes, cells>;
  return extend_kernel<Program>(ExtendLetters::any, cells, name, extend_kernels_any_source);
}
ExtendKernel in_memory() {
  return extend_kernel<recurrence::ExtendRowsProgram<lanes>>(ExtendLetters::any, 0, "extend_in_memory",
                                                             extend_kernels_any_source);
}

#define ANNEAL_KERNEL(letters, cells) letters<cells>("extend_" #letters "_" #cells),
const ExtendKernel few_kernels[] = {ANNEAL_EXTEND_FEW(ANNEAL_KERNEL) in_memory()};
const ExtendKernel any_kernels[] = {ANNEAL_EXTEND_ANY(ANNEAL_KERNEL) in_memory()};
#undef ANNEAL_KERNEL

}  // namespace

void ExtendKernel::launch(device::metal::Queue& queue, const gpu::ExtendBatch& batch,
                          const recurrence::ExtendParameters& parameters, unsigned groups) const {
  const ExtendLaunch kernel{name, source};
  queue.launch_sliced(
      kernel, launch_shape(queue.device(), kernel.ref(), batch.pairs, shape.lanes, shape.threads), groups,
      batch.queries.letters, batch.queries.begins, batch.queries.lengths, batch.targets.letters, batch.targets.begins,
      batch.targets.lengths, batch.h0, batch.bands, batch.order, batch.results, batch.table, batch.rows,
      ExtendArguments{.parameters = parameters, .pairs = batch.pairs, .rows_per_group = batch.rows_per_group});
}

std::span<const ExtendKernel> extend_kernels(int letters) {
  return letters <= recurrence::few_letters ? std::span<const ExtendKernel>(few_kernels)
                                            : std::span<const ExtendKernel>(any_kernels);
}

}  // namespace anneal::align::metal
