// The kernels that find paths, by what they can do, and their launch. Compiles without CUDA.
//
// For a batch whose ends are known: launch_ungapped_paths() finds the paths that the letters tell and leaves out the
// others, which path_kernels() do, each what the one before it has left out. Then gather_cigars() puts all operations
// into input order.
#pragma once

#include <cstdint>
#include <span>

#include "align/cuda/path_batch.h"
#include "align/cuda/path_shape.h"
#include "align/gpu/path_scoring.h"
#include "align/recurrence/path_strip.h"
#include "device/cuda/kernel.h"

namespace anneal::device::cuda {
class Queue;
}

namespace anneal::align::cuda {

struct PathKernel {
  PathShape shape;
  ScoreKind scores;
  int table_words;     ///< of PathBatch::table
  int highest_raised;  ///< PathScoring::highest_raised must not be more
  device::cuda::KernelRef kernel;
  device::cuda::KernelRef walk = {};  ///< the kernel after it, which walks; where it does not retrace

  recurrence::PathPenalties (*penalties)(int gap_open, int gap_extend, int offset);
  /// Whether it can do all pairs with ends up to these and scores between those, if it has as many words as they need.
  bool (*holds)(const recurrence::PathParameters& parameters, int query_end, int target_end, long lowest_score,
                long highest_score);
  /// Words of workspace that a group needs for pairs with ends up to these, whose rectangles together have no more
  /// diagonals, a multiple of 4: half a byte per cell, or per cell of `kept` strips of `shape.height()` rows where the
  /// kernel retraces; 8 bytes per column of each border, of which there are 2, or as many as strips where it retraces;
  /// and 4 bytes per operation that a CIGAR could have. Fewer where a score is high, or a band narrow: jobs that need
  /// more than PathBatch::words_per_group are left out.
  std::int64_t (*words_keeping)(int query_end, int target_end, std::int64_t diagonals, int kept);
  /// The least: a kernel that retraces is the faster, the more strips it keeps.
  std::int64_t words(int query_end, int target_end, std::int64_t diagonals) const {
    return words_keeping(query_end, target_end, diagonals, 1);
  }

  /// `blocks`: that have workspace; any number is right.
  void launch(device::cuda::Queue& queue, const PathBatch& batch, const recurrence::PathParameters& parameters,
              unsigned blocks) const;
  /// Blocks that give every job of a batch a group of its own.
  std::int64_t blocks_for(std::int64_t pairs) const {
    const std::int64_t pairs_per_block = std::int64_t{shape.parts} * shape.groups_per_block();
    return (pairs + pairs_per_block - 1) / pairs_per_block;
  }
};

/// In the order of path_shape.h; with a band, those that honour it.
std::span<const PathKernel> path_kernels(ScoreKind scores, bool banded);

/// Does the pairs that have checkpoints; null where there is none for such scores.
const PathKernel* checkpoint_path_kernel(ScoreKind scores);

/// Pairs whose score is below PathParameters::min_score, or local and 0, get an entry without a path.
void launch_ungapped_paths(device::cuda::Queue& queue, const PathBatch& batch,
                           const recurrence::PathParameters& parameters);

/// Blocks of CigarBatch::block_sums.
std::int64_t gather_blocks(std::int64_t pairs);

/// Sums the operations of `entries`: *cigars.total says how many cigars.ops must hold.
void launch_cigar_offsets(device::cuda::Queue& queue, const PathBatch& batch, const CigarBatch& cigars);
/// Writes cigars.ops. `batch` as launch_ungapped_paths() had it.
void launch_gather_cigars(device::cuda::Queue& queue, const PathBatch& batch,
                          const recurrence::PathParameters& parameters, const CigarBatch& cigars);
/// Then: copies them to memory of the host that the device can write; nothing where there are more than ops_room.
void launch_send_cigars(device::cuda::Queue& queue, const CigarBatch& cigars, recurrence::Word* to);

}  // namespace anneal::align::cuda
