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

/// Bins are added up in groups first, so that few need to be looked at.
inline constexpr std::uint32_t bins_per_group = 64;
inline constexpr std::uint32_t bin_groups = score_bins / bins_per_group;

/// The lowest score that the best `top`, at least 1, have, or `least` where that is higher. sums[g]: of the bins from
/// g * bins_per_group on.
ANNEAL_FN std::int32_t lowest_wanted(const std::uint32_t* bins, const std::uint32_t* sums, std::int32_t least,
                                     std::uint32_t top) {
  std::uint32_t found = 0, group = bin_groups;
  while (group > 0 && found + sums[group - 1] < top) found += sums[--group];
  if (group == 0) return least;
  std::uint32_t bin = group * bins_per_group;
  while (found < top) found += bins[--bin];
  const auto score = static_cast<std::int32_t>(bin < highest_bin ? bin : highest_bin);
  return score > least ? score : least;
}

/// bins[query][bin_of(score)] gets the number of such targets added. Of any number of blocks, in y as many as queries.
extern const device::cuda::Kernel<ScoreTable, std::uint32_t*> count_scores_kernel;
inline constexpr unsigned count_threads = 512;

/// Of a query.
struct Selected {
  std::int32_t least = 1;        ///< no hit scores less
  std::uint32_t count = 0;       ///< 0 at first; how many there are, room or not
  std::uint32_t overflowed = 0;  ///< how many targets' scores did
};

/// hits[query][0, room): targets that score at least Selected::least and what the best `top` have, in any order.
/// `bins`: as counted. The same shape.
extern const device::cuda::Kernel<ScoreTable, const std::uint32_t*, std::uint32_t, Selected*, Hit*, std::uint32_t>
    gather_hits_kernel;

/// The items, of `count`, whose targets' scores overflowed go to `found`, in any order; their scores become 0. A thread
/// for each item. `found_count` is 0 at first.
extern const device::cuda::Kernel<const Item*, std::uint32_t, std::int32_t*, Item*, std::int32_t*>
    list_overflowed_kernel;

/// scores[targets[k]] = 0 for all k below count. A thread for each.
extern const device::cuda::Kernel<std::int32_t*, const std::uint32_t*, std::uint32_t> clear_scores_kernel;

}  // namespace anneal::search::cuda
