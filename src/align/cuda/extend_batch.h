// What the kernels for Mode::extend work on, in device memory. Compiles without CUDA.
#pragma once

#include <cstdint>

#include "align/cuda/end_batch.h"
#include "align/recurrence/extend_job.h"

namespace anneal::align::cuda {

/// All pointers are to device memory.
struct ExtendBatch {
  SequenceTable queries;
  SequenceTable targets;
  const std::int32_t* h0 = nullptr;     ///< by pair index
  const std::int32_t* bands = nullptr;  ///< by pair index: extension_band(), or less if it is 2^30 or more
  const std::int32_t* order = nullptr;  ///< indices of the pairs to do
  std::int32_t pairs = 0;
  recurrence::ExtendEnd* results = nullptr;  ///< by pair index
  const recurrence::Word* table = nullptr;   ///< extend_table()
  /// For kernels without a width: this many ints for each group in flight, enough for the longest query, at a multiple
  /// of 16 bytes.
  std::int32_t* rows = nullptr;
  std::int64_t rows_per_group = 0;
};

}  // namespace anneal::align::cuda
