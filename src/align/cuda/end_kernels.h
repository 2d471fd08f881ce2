// The kernels that find ends, by name of what they can do, and their launch. Compiles without CUDA.
#pragma once

#include <cstdint>
#include <span>

#include "align/cuda/end_batch.h"
#include "align/cuda/end_shape.h"
#include "device/cuda/kernel.h"

namespace anneal::device::cuda {
class Queue;
}

namespace anneal::align::cuda {

/// What decides whether a form can hold a batch's scores.
struct ScoreRange {
  int gap_open = 0;
  int gap_extend = 0;
  int offset = 0;          ///< see EndScoring
  int highest_pair = 0;    ///< the matrix's highest score
  std::int64_t bound = 0;  ///< score_bound() of the longest query and target together
};

struct EndKernel {
  EndShape shape;
  ScoreKind scores;
  int table_words;  ///< of EndBatch::table
  device::cuda::KernelRef kernel;

  /// Local: whether the penalties fit, so that every score up to highest_exact() is exact and higher ones are noticed.
  /// Others: whether all scores fit.
  bool (*fits)(const ScoreRange& range);
  int (*highest_exact)(int highest_pair);
  recurrence::Penalties (*penalties)(int gap_open, int gap_extend, int offset);

  /// `blocks`: of the grid; any number is right.
  void launch(device::cuda::Queue& queue, const EndBatch& batch, const recurrence::EndParameters& parameters,
              unsigned blocks) const;
  int groups_per_block() const { return shape.threads / shape.lanes; }
  /// Blocks that give every job of a batch a group of its own.
  std::int64_t blocks_for(std::int64_t pairs) const {
    const std::int64_t pairs_per_block = std::int64_t{shape.form.parts} * groups_per_block();
    return (pairs + pairs_per_block - 1) / pairs_per_block;
  }
  bool keeps_checkpoints() const { return shape.keeps_checkpoints(); }
  /// EndBatch::borders_per_group for queries and targets of at most these lengths.
  std::int64_t borders_per_group(std::int64_t query_length, std::int64_t target_length) const;
};

/// In the order of end_shape.h, from the cheapest on.
std::span<const EndKernel> end_kernels(bool local, ScoreKind scores);

/// For EndBatch::undecided: fits whatever the kernels with dust fit.
const EndKernel& undecided_end_kernel();

}  // namespace anneal::align::cuda
