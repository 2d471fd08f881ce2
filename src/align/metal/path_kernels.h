// The kernels that find paths to ends that are known, by what they can do, and their launch.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "align/gpu/end_batch.h"
#include "align/gpu/end_shape.h"
#include "align/metal/arguments.h"
#include "device/metal/kernel.h"

namespace anneal::device::metal {
class Queue;
}

namespace anneal::align::metal {

/// All pointers are to the device's memory.
struct PathBatch {
  gpu::SequenceTable queries;
  gpu::SequenceTable targets;
  const recurrence::EndCell* ends = nullptr;   ///< by pair index, exact
  const std::int32_t* band_centres = nullptr;  ///< by pair index; null: 0
  const std::int32_t* order = nullptr;         ///< indices of the pairs to do, neighbours of about equal cost
  std::int32_t pairs = 0;
  PathEntry* entries = nullptr;              ///< by pair index
  const std::int64_t* ops_ends = nullptr;    ///< by pair index: where in `ops` its CIGAR ends
  recurrence::Word* ops = nullptr;           ///< with room before each end for as many as a CIGAR could have
  const signed char* pair_scores = nullptr;  ///< gpu::pair_scores(), for paths that the letters tell
  const recurrence::Word* table = nullptr;   ///< PathScoring::table, for the others
  recurrence::Word* workspace = nullptr;     ///< of the others
  std::int64_t words_per_group = 0;          ///< for each group in flight, a multiple of 4
};

/// What a job needs, of pairs that it can do.
struct PathNeed {
  std::int64_t least_words = 0;  ///< of workspace
  std::int64_t most_words = 0;   ///< with more, it is no faster
  std::uint64_t cells = 0;       ///< that it fills at most
};

struct PathKernel {
  int parts;   ///< pairs of a job
  int height;  ///< rows of a strip
  int lanes;
  bool banded;
  int highest_raised;  ///< PathScoring::highest_raised must not be more
  recurrence::PathPenalties (*penalties)(int gap_open, int gap_extend, int offset);
  /// Whether it can hold a pair's scores.
  bool (*fits)(const recurrence::PathParameters& parameters, const recurrence::PathPair& pair);
  /// Of `parts` pairs that fit, or of fewer.
  PathNeed (*need)(const recurrence::PathParameters& parameters, std::span<const recurrence::PathPair> pairs);
  std::string_view name;  ///< in the source
  const device::metal::Source* source;

  int groups_per_block() const;
  /// `groups`: that have workspace, and run in one command buffer; any number is right.
  void launch(device::metal::Queue& queue, const PathBatch& batch, const recurrence::PathParameters& parameters,
              unsigned groups) const;
};

/// In the order of path_shape.h; with a band, those that honour it.
std::span<const PathKernel> path_kernels(gpu::ScoreKind scores, bool banded);

/// Finds the paths that the letters tell. The others' entries are as PathEntry begins.
void launch_ungapped_paths(device::metal::Queue& queue, const PathBatch& batch,
                           const recurrence::PathParameters& parameters);

}  // namespace anneal::align::metal
