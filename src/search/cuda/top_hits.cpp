#include "search/cuda/top_hits.h"

#include <algorithm>
#include <numeric>

#include "device/cuda/queue.h"

namespace anneal::search::cuda {
namespace {

device::LaunchShape shape_of(const ScoreTable& table, std::size_t queries) {
  constexpr unsigned targets_per_thread = 16;
  const unsigned blocks = table.targets / (count_threads * targets_per_thread) + 1;
  return {.grid = {blocks, static_cast<unsigned>(queries)}, .group = {count_threads}};
}

}  // namespace

std::vector<std::uint32_t> count_scores(align::cuda::Gpu& gpu, device::cuda::Queue& queue, const ScoreTable& table,
                                        std::size_t queries) {
  const device::Buffer<std::uint32_t> bins = gpu.memory().acquire<std::uint32_t>(queries * score_bins);
  const device::Buffer<std::uint32_t> staged = gpu.staging().acquire<std::uint32_t>(bins.size());
  queue.fill(bins.data(), 0, bins.size() * sizeof(std::uint32_t));
  queue.launch(count_scores_kernel, shape_of(table, queries), table, bins.data());
  queue.copy(staged.data(), bins.data(), bins.size() * sizeof(std::uint32_t));
  queue.synchronize();
  return {staged.begin(), staged.end()};
}

std::int32_t lowest_wanted(std::span<const std::uint32_t> bins, std::int32_t least, std::size_t top) {
  std::size_t found = 0;
  for (std::int32_t score = score_bins - 1; score > least; --score) {
    found += bins[static_cast<std::size_t>(score)];
    if (found >= top) return std::min(score, highest_bin) > least ? std::min(score, highest_bin) : least;
  }
  return least;
}

std::vector<std::vector<Hit>> gather_hits(align::cuda::Gpu& gpu, device::cuda::Queue& queue, const ScoreTable& table,
                                          std::span<const std::int32_t> least, std::span<const std::uint32_t> bins) {
  std::vector<Wanted> wanted(least.size());
  std::uint32_t room = 0;
  for (std::size_t q = 0; q < least.size(); ++q) {
    wanted[q] = {.least = least[q], .first = room};
    const auto own = bins.subspan(q * score_bins, score_bins);
    room += std::accumulate(own.begin() + std::min(least[q], highest_bin), own.end(), 0u);
  }
  if (room == 0) return std::vector<std::vector<Hit>>(least.size());
  const device::Buffer<Wanted> device_wanted = gpu.memory().acquire<Wanted>(wanted.size());
  const device::Buffer<Hit> device_hits = gpu.memory().acquire<Hit>(room);
  const device::Buffer<Hit> staged = gpu.staging().acquire<Hit>(room);
  queue.copy(device_wanted.data(), wanted.data(), wanted.size() * sizeof(Wanted));
  queue.launch(gather_hits_kernel, shape_of(table, least.size()), table, device_wanted.data(), device_hits.data());
  queue.copy(wanted.data(), device_wanted.data(), wanted.size() * sizeof(Wanted));
  queue.copy(staged.data(), device_hits.data(), room * sizeof(Hit));
  queue.synchronize();
  std::vector<std::vector<Hit>> hits;
  for (const Wanted& own : wanted) {
    const Hit* const first = staged.data() + own.first;
    hits.emplace_back(first, first + own.count);
  }
  return hits;
}

void sort_hits(std::vector<Hit>& hits, std::size_t top) {
  const auto kept = static_cast<std::ptrdiff_t>(std::min(top, hits.size()));
  std::partial_sort(hits.begin(), hits.begin() + kept, hits.end(), is_better);
  hits.resize(static_cast<std::size_t>(kept));
}

}  // namespace anneal::search::cuda
