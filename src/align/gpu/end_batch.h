// What the kernels that find ends work on, in the device's memory.
#pragma once

#include "align/recurrence/checkpoints.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/end_cell.h"
#include "align/recurrence/end_job.h"

namespace anneal::align::gpu {

using recurrence::Offset;

/// Sequences, one byte of matrix code per letter. Each begins at a multiple of 4, and padding letters of the scoring
/// follow up to the next.
struct SequenceTable {
  ANNEAL_GLOBAL const unsigned char* letters = nullptr;
  ANNEAL_GLOBAL const Offset* begins = nullptr;
  ANNEAL_GLOBAL const int* lengths = nullptr;
};

/// All pointers are to the device's memory.
struct EndBatch {
  SequenceTable queries;
  SequenceTable targets;
  /// Indices of the pairs to do, neighbours of about equal size: they share a Word, or a warp.
  ANNEAL_GLOBAL const int* order = nullptr;
  int pairs = 0;
  ANNEAL_GLOBAL const int* counted_pairs = nullptr;      ///< if not null, there are only so many
  ANNEAL_GLOBAL recurrence::EndCell* results = nullptr;  ///< by pair index
  /// Forms with dust: where they put indices of pairs whose query_end is undecided, and count them.
  ANNEAL_GLOBAL int* undecided = nullptr;
  ANNEAL_GLOBAL int* undecided_count = nullptr;
  ANNEAL_GLOBAL const recurrence::Word* table = nullptr;
  /// GroupJob::borders: this many for each group in flight, or for each job where the kernel keeps checkpoints; enough
  /// for the longest job.
  ANNEAL_GLOBAL recurrence::Border* borders = nullptr;
  Offset borders_per_group = 0;
  ANNEAL_GLOBAL recurrence::Checkpoints* checkpoints = nullptr;  ///< by pair index, of kernels that keep them
};

}  // namespace anneal::align::gpu
