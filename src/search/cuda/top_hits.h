// The best targets of each query, from all targets' scores on the device.
#pragma once

#include <span>
#include <vector>

#include "align/cuda/gpu.h"
#include "search/cuda/select_kernels.h"

namespace anneal::search::cuda {

/// How many targets of each query have each score: score_bins per query. Waits for the queue.
std::vector<std::uint32_t> count_scores(align::cuda::Gpu& gpu, device::cuda::Queue& queue, const ScoreTable& table,
                                        std::size_t queries);

/// hits[q]: the targets of query q that score at least least[q], without order. `bins` are count_scores(). Waits.
std::vector<std::vector<Hit>> gather_hits(align::cuda::Gpu& gpu, device::cuda::Queue& queue, const ScoreTable& table,
                                          std::span<const std::int32_t> least, std::span<const std::uint32_t> bins);

/// The lowest score that the best `top` have, or `least` where that is higher. `bins`: of one query.
std::int32_t lowest_wanted(std::span<const std::uint32_t> bins, std::int32_t least, std::size_t top);

/// Keeps the best `top`, best first, ties by lower target.
void sort_hits(std::vector<Hit>& hits, std::size_t top);

}  // namespace anneal::search::cuda
