// The kernels for Mode::extend, by what they can do, and their launch. Compiles without CUDA.
#pragma once

#include <cstdint>
#include <span>

#include "align/cuda/extend_batch.h"
#include "align/cuda/extend_shape.h"
#include "align/recurrence/extend_parameters.h"
#include "device/cuda/kernel.h"

namespace anneal::device::cuda {
class Queue;
}

namespace anneal::align::cuda {

struct ExtendKernel {
  ExtendShape shape;
  device::cuda::KernelRef kernel;

  bool (*takes_penalties)(int gap_open, int gap_extend);
  /// Of penalties and a matrix that it takes.
  bool (*takes_pair)(const recurrence::ExtendNeed& need);
  recurrence::ExtendParameters (*make_parameters)(const recurrence::ExtendCosts& costs);
  /// ExtendBatch::rows_per_group for queries of at most this length.
  std::int64_t (*rows_per_group)(std::int64_t query_length);

  /// `blocks`: of the grid; any number is right.
  void launch(device::cuda::Queue& queue, const ExtendBatch& batch, const recurrence::ExtendParameters& parameters,
              unsigned blocks) const;
  int groups_per_block() const { return shape.threads / shape.lanes; }
  /// Blocks that give every pair a group of its own.
  std::int64_t blocks_for(std::int64_t pairs) const { return (pairs + groups_per_block() - 1) / groups_per_block(); }
};

/// Those for matrices of so many letters, from the cheapest on. The last one takes everything.
std::span<const ExtendKernel> extend_kernels(int letters);

}  // namespace anneal::align::cuda
