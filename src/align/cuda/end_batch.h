// What the kernels that find ends work on, in device memory. Compiles without CUDA.
#pragma once

#include <cstdint>

#include "align/recurrence/checkpoints.h"
#include "align/recurrence/end_cell.h"
#include "align/recurrence/end_job.h"

namespace anneal::align::cuda {

/// Sequences, one byte of matrix code per letter. Each begins at a multiple of 4, and padding letters of the scoring
/// follow up to the next.
struct SequenceTable {
  const unsigned char* letters = nullptr;
  const std::int64_t* begins = nullptr;
  const std::int32_t* lengths = nullptr;
};

/// All pointers are to device memory.
struct EndBatch {
  SequenceTable queries;
  SequenceTable targets;
  /// Indices of the pairs to do, neighbours of about equal size: they share a Word, or a warp.
  const std::int32_t* order = nullptr;
  std::int32_t pairs = 0;
  const std::int32_t* counted_pairs = nullptr;  ///< if not null, there are only so many
  recurrence::EndCell* results = nullptr;       ///< by pair index
  /// Forms with dust: where they put indices of pairs whose query_end is undecided, and count them.
  std::int32_t* undecided = nullptr;
  std::int32_t* undecided_count = nullptr;
  const recurrence::Word* table = nullptr;
  /// GroupJob::borders: this many for each group in flight, or for each job where the kernel keeps checkpoints; enough
  /// for the longest job.
  recurrence::Border* borders = nullptr;
  std::int64_t borders_per_group = 0;
  recurrence::Checkpoints* checkpoints = nullptr;  ///< by pair index, of kernels that keep them
};

}  // namespace anneal::align::cuda
