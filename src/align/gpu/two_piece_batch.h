// What the kernels for gaps of two pieces, and for Mode::extend_ksw2, work on, in the device's memory.
#pragma once

#include "align/gpu/end_batch.h"
#include "align/recurrence/two_piece_job.h"

namespace anneal::align::gpu {

/// All pointers are to the device's memory. Pairs are as TwoPieceJob demands.
struct TwoPieceBatch {
  SequenceTable queries;
  SequenceTable targets;
  ANNEAL_GLOBAL const int* band_centres = nullptr;  ///< by pair index; null for 0
  ANNEAL_GLOBAL const int* order = nullptr;         ///< indices of the pairs to do
  int pairs = 0;
  ANNEAL_GLOBAL recurrence::TwoPieceEnd* results = nullptr;  ///< by pair index
  ANNEAL_GLOBAL const Offset* ops_ends = nullptr;            ///< by pair index: where in `ops` its CIGAR ends
  ANNEAL_GLOBAL recurrence::Word* ops = nullptr;             ///< with room before each end for all letters of its pair
  ANNEAL_GLOBAL const recurrence::Word* table = nullptr;     ///< extend_table()
  int own_ints = 0;  ///< of a group's own memory, for the scores of its pair; 0: they are in its workspace
  ANNEAL_GLOBAL unsigned char* workspace = nullptr;  ///< bytes_per_group for each group in flight
  Offset bytes_per_group = 0;                        ///< enough for each pair; a multiple of 16
};

}  // namespace anneal::align::gpu
