// Which targets score enough: how many have each score, and those from a score on. Compiles without CUDA.
#pragma once

#include <cstdint>

#include "device/cuda/kernel.h"
#include "search/cuda/score_job.h"
#include "search/engine.h"

namespace anneal::search::cuda {

/// Scores of several queries, one query's after the other's.
struct ScoreTable {
  const std::int32_t* scores = nullptr;
  std::uint32_t targets = 0;
};

/// One for each score, one for all that are higher, and the last one for those that overflowed.
inline constexpr std::uint32_t score_bins = 4096;
inline constexpr std::int32_t highest_bin = score_bins - 2;

ANNEAL_CONSTANT_FN std::uint32_t bin_of(std::int32_t score) {
  if (score == overflowed) return score_bins - 1;
  return static_cast<std::uint32_t>(score < highest_bin ? score : highest_bin);
}

/// bins[query][bin_of(score)] gets the number of such targets added. Of any number of blocks, in y as many as queries.
extern const device::cuda::Kernel<ScoreTable, std::uint32_t*> count_scores_kernel;
inline constexpr unsigned count_threads = 512;

/// Where a query's hits go, and from which score on. No more than there is room for.
struct Wanted {
  std::int32_t least = 0;
  std::uint32_t first = 0;  ///< in hits
  std::uint32_t count = 0;  ///< 0 at first; how many there are
};

/// In any order. The same shape.
extern const device::cuda::Kernel<ScoreTable, Wanted*, Hit*> gather_hits_kernel;

/// The items, of `count`, whose targets' scores overflowed go to `found`, in any order; their scores become 0. A thread
/// for each item. `found_count` is 0 at first.
extern const device::cuda::Kernel<const Item*, std::uint32_t, std::int32_t*, Item*, std::int32_t*>
    list_overflowed_kernel;

/// scores[targets[k]] = 0 for all k below count. A thread for each.
extern const device::cuda::Kernel<std::int32_t*, const std::uint32_t*, std::uint32_t> clear_scores_kernel;

}  // namespace anneal::search::cuda
