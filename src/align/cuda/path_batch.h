// What the kernels that find paths work on, in device memory. Compiles without CUDA.
#pragma once

#include <cstdint>

#include "align/cuda/end_batch.h"
#include "align/recurrence/end_cell.h"
#include "align/recurrence/path_job.h"

namespace anneal::align::cuda {

/// A pair's path. Pairs without one have no operations, and begin at -1.
struct PathEntry {
  /// A `place` of operations that the letters tell, and of those for which there was no room.
  static constexpr std::uint32_t told_by_letters = 0xffffffffu;
  static constexpr std::uint32_t no_room = 0xfffffffeu;

  std::int32_t query_begin;
  std::int32_t target_begin;
  std::uint32_t ops;    ///< of the CIGAR
  std::uint32_t place;  ///< of the first one, in PathBatch::ops
};

/// All pointers are to device memory.
struct PathBatch {
  SequenceTable queries;
  SequenceTable targets;
  const recurrence::EndCell* ends = nullptr;             ///< by pair index, exact
  const std::int32_t* band_centres = nullptr;            ///< by pair index; null: 0
  const recurrence::Checkpoints* checkpoints = nullptr;  ///< by pair index; null where there are none
  const std::int32_t* order = nullptr;                   ///< indices of the pairs to do, neighbours of about equal size
  std::int32_t pairs = 0;
  const std::int32_t* counted_pairs = nullptr;  ///< if not null, there are only so many
  PathEntry* entries = nullptr;                 ///< by pair index
  /// Where a kernel puts indices of pairs that it leaves to another one, and counts them; room for all pairs.
  std::int32_t* left_out = nullptr;
  std::int32_t* left_out_count = nullptr;

  const signed char* pair_scores = nullptr;  ///< pair_scores(), for paths that the letters tell
  const recurrence::Word* table = nullptr;   ///< PathScoring::table, for the others
  /// For each group in flight, a multiple of 4, less than 2^32; each begins at a multiple of 16 bytes. A job that needs
  /// more is left out.
  recurrence::Word* workspace = nullptr;
  std::int64_t words_per_group = 0;
  std::int32_t first_job = 0;           ///< that of a launch's first group; a job is as many pairs as a Word has parts
  std::int32_t groups = 0;              ///< of a launch
  unsigned long long* cells = nullptr;  ///< counts what the kernels fill
  recurrence::Word* ops = nullptr;      ///< of those others, in any order
  std::uint32_t ops_room = 0;           ///< at most PathEntry::no_room
  unsigned long long* ops_used = nullptr;  ///< 0 at first; more than ops_room if that was not enough
};

/// CIGARs in input order, without gaps between them.
struct CigarBatch {
  std::int32_t pairs = 0;                    ///< all, not only those of an order
  unsigned long long* block_sums = nullptr;  ///< gather_blocks(pairs) + 1
  std::uint64_t* total = nullptr;            ///< operations of all
  recurrence::Word* ops = nullptr;           ///< of the device
  std::uint64_t ops_room = 0;                ///< CIGARs that reach beyond it are not written
};

}  // namespace anneal::align::cuda
