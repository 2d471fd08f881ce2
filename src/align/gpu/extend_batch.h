// What the kernels for Mode::extend work on, in the device's memory.
#pragma once

#include "align/gpu/end_batch.h"
#include "align/recurrence/extend_job.h"

namespace anneal::align::gpu {

/// All pointers are to the device's memory.
struct ExtendBatch {
  SequenceTable queries;
  SequenceTable targets;
  ANNEAL_GLOBAL const int* h0 = nullptr;     ///< by pair index
  ANNEAL_GLOBAL const int* bands = nullptr;  ///< by pair index: extension_band(), or less if it is 2^30 or more
  ANNEAL_GLOBAL const int* order = nullptr;  ///< indices of the pairs to do
  int pairs = 0;
  ANNEAL_GLOBAL recurrence::ExtendEnd* results = nullptr;  ///< by pair index
  ANNEAL_GLOBAL const recurrence::Word* table = nullptr;   ///< extend_table()
  /// For kernels without a width: this many ints for each group in flight, enough for the longest query, at a multiple
  /// of 16 bytes.
  ANNEAL_GLOBAL int* rows = nullptr;
  Offset rows_per_group = 0;
};

}  // namespace anneal::align::gpu
