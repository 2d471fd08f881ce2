#include "align/cpu/stream_plan.h"

#include <algorithm>

#include "align/cpu/stream_job.h"

namespace anneal::align::cpu {
namespace {

// What a tile costs besides its cells, and what a pair costs alone in strips, in vectors of cells in a stream:
// measured.
constexpr double tile_cost = 80.0;
constexpr double strip_cell_cost = 3.3;
constexpr double strip_pair_cost = 700.0;

double tiles_of(const Item& item) { return static_cast<double>(tile_count(item.columns)); }

double rows_of(const Item& item) { return static_cast<double>(item.rows); }

// All tiles of all parts, were every lane always at work.
double total_tiles(std::span<const Item> items, double lanes, double height) {
  double tiles = 0;
  for (const Item& item : items) tiles += tiles_of(item) * rows_of(item);
  return tiles / (lanes * height);
}

double stream_cost(std::span<const Item> items, const WidthKernels& kernels) {
  const double height = stream_height(items, kernels);
  double longest = 0;  // its parts begin one after the other
  for (const Item& item : items) longest = std::max(longest, tiles_of(item) + rows_of(item) / height);
  const double total = total_tiles(items, static_cast<double>(kernels.lanes), height);
  return std::max(longest, total + longest / 2) * (tile_columns * height + tile_cost);
}

double strip_cost(std::span<const Item> items, const Kernels& kernels) {
  const auto lanes = static_cast<double>(kernels.width[width16].lanes);
  double cost = 0;
  for (const Item& item : items) cost += strip_cell_cost * rows_of(item) * item.columns / lanes + strip_pair_cost;
  return cost;
}

}  // namespace

std::int32_t stream_height(std::span<const Item> items, const WidthKernels& kernels) {
  const std::int64_t block = stream_block_rows(kernels.bits), parts = 2 * static_cast<std::int64_t>(kernels.lanes);
  std::int64_t rows = 0;
  for (const Item& item : items) rows += item.rows;
  const std::int64_t wanted = (rows / parts + block - 1) / block * block;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(wanted, block, most_stream_rows));
}

std::uint64_t stream_memory(std::span<const Item> items, const Kernels& kernels, int letters) {
  const auto size = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
  const WidthKernels& width = kernels.width[items.front().width];
  std::uint64_t bytes = width.lanes * size(letters) * size(stream_stride(most_stream_rows)) +
                        (2 * size(most_stream_rows) + 128) * kernels.vector_bytes;
  const std::uint64_t edge = stream_edge_bytes(kernels.vector_bytes / width.lanes);
  for (const Item& item : items) bytes += 128 + edge * size(tile_count(item.columns));
  return bytes;
}

std::vector<std::vector<Item>> plan_streams(std::span<const Item> items, const Kernels& kernels,
                                            const StreamLimits& limits, std::vector<Item>& others) {
  if (items.empty()) return {};
  const WidthKernels& width = kernels.width[items.front().width];
  const std::size_t vectors = 1 + items.size() / (8 * width.lanes);
  const std::size_t wanted = limits.threads == 1 ? 1 : std::min<std::size_t>(vectors, 2 * size_t(limits.threads));
  // Those that would keep a few lanes at work while others rest share a stream of low parts.
  const double most = total_tiles(items, static_cast<double>(width.lanes), stream_height(items, width)) / 2;
  std::vector<std::vector<Item>> groups(wanted + 1);
  std::size_t next = 0;
  for (const Item& item : items) groups[tiles_of(item) > most ? wanted : next++ % wanted].push_back(item);
  std::erase_if(groups, [&](const std::vector<Item>& group) {
    if (group.empty()) return true;
    const bool pays = stream_cost(group, width) <= strip_cost(group, kernels) &&
                      stream_memory(group, kernels, limits.letters) <= limits.task_memory;
    if (!pays) others.insert(others.end(), group.begin(), group.end());
    return !pays;
  });
  return groups;
}

}  // namespace anneal::align::cpu
