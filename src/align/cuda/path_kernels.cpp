#include "align/cuda/path_kernels.h"

#include "align/cuda/path_kernel_tables.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {
namespace {

device::cuda::LaunchShape one_thread_each(std::int64_t pairs) {
  return {.grid = {static_cast<unsigned>(gather_blocks(pairs))}, .group = {cigar_threads}};
}

}  // namespace

void PathKernel::launch(device::cuda::Queue& queue, const PathBatch& batch,
                        const recurrence::PathParameters& parameters, unsigned blocks) const {
  PathBatch of_launch = batch;
  recurrence::PathParameters parameters_argument = parameters;
  recurrence::PathPenalties penalties_argument =
      penalties(parameters.gap_open, parameters.gap_extend, parameters.offset);
  void* arguments[] = {&of_launch, &parameters_argument, &penalties_argument};
  const device::cuda::LaunchShape fill{.grid = {blocks}, .group = {static_cast<unsigned>(shape.threads)}};
  of_launch.groups = static_cast<std::int32_t>(blocks) * shape.groups_per_block();
  if (shape.retraces) return queue.launch(kernel, fill, arguments);
  const int walks = of_launch.groups * shape.parts;
  const device::cuda::LaunchShape walkers{.grid = {static_cast<unsigned>((walks + shape.threads - 1) / shape.threads)},
                                          .group = {static_cast<unsigned>(shape.threads)}};
  for (std::int64_t block = 0; block < blocks_for(batch.pairs); block += blocks) {
    of_launch.first_job = static_cast<std::int32_t>(block) * shape.groups_per_block();
    queue.launch(kernel, fill, arguments);
    queue.launch(walk, walkers, arguments);
  }
}

std::span<const PathKernel> path_kernels(ScoreKind scores, bool banded) {
  if (banded) return path_kernels_banded();
  switch (scores) {
    case ScoreKind::letters:
      return path_kernels_letters();
    case ScoreKind::matrix:
      return path_kernels_matrix();
  }
  return {};
}

const PathKernel* checkpoint_path_kernel(ScoreKind scores) {
  return scores == ScoreKind::letters ? &path_kernel_from_checkpoints() : nullptr;
}

void launch_ungapped_paths(device::cuda::Queue& queue, const PathBatch& batch,
                           const recurrence::PathParameters& parameters) {
  if (batch.pairs > 0) queue.launch(ungapped_paths_kernel, one_thread_each(batch.pairs), batch, parameters);
}

std::int64_t gather_blocks(std::int64_t pairs) { return (pairs + cigar_threads - 1) / cigar_threads; }

void launch_cigar_offsets(device::cuda::Queue& queue, const PathBatch& batch, const CigarBatch& cigars) {
  if (cigars.pairs > 0) queue.launch(sum_ops_kernel, one_thread_each(cigars.pairs), batch.entries, cigars);
  queue.launch(add_up_kernel, {.grid = {1}, .group = {add_up_threads}}, cigars);
}

void launch_gather_cigars(device::cuda::Queue& queue, const PathBatch& batch,
                          const recurrence::PathParameters& parameters, const CigarBatch& cigars) {
  if (cigars.pairs > 0) {
    queue.launch(gather_cigars_kernel, one_thread_each(cigars.pairs), batch, parameters, cigars);
  }
}

void launch_send_cigars(device::cuda::Queue& queue, const CigarBatch& cigars, recurrence::Word* to) {
  constexpr unsigned few_blocks = 16;  // fill the bus, and leave the other multiprocessors to others
  queue.launch(send_cigars_kernel, {.grid = {few_blocks}, .group = {cigar_threads}}, cigars, to);
}

}  // namespace anneal::align::cuda
