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

// What streams of these items are made of.
struct Shape {
  double lanes = 0;
  double cells = 0;  // in tiles of one row
  double tiles = 0;  // of the longest target
  double rows = 0;   // of its query

  Shape(std::span<const Item> items, const WidthKernels& kernels) : lanes(static_cast<double>(kernels.lanes)) {
    for (const Item& item : items) {
      cells += tiles_of(item) * rows_of(item);
      if (tiles_of(item) > tiles) rows = rows_of(item);
      tiles = std::max(tiles, tiles_of(item));
    }
  }

  // Tiles that the stream takes, were every lane always at work.
  double total(double height) const { return cells / (lanes * height); }

  // At the end lanes wait for the longest target, whose parts begin one after the other.
  double cost(double height) const {
    const double longest = tiles + rows / height;
    return std::max(longest, total(height) + longest / 2) * (tile_columns * height + tile_cost);
  }

  double height(double block) const {
    double best = most_stream_rows;
    for (double height = best / 2; height >= block; height /= 2) {
      if (cost(height) < cost(best)) best = height;
    }
    return best;
  }
};

double strip_cost(std::span<const Item> items, const Kernels& kernels) {
  const auto lanes = static_cast<double>(kernels.width[width16].lanes);
  double cost = 0;
  for (const Item& item : items) cost += strip_cell_cost * rows_of(item) * item.columns / lanes + strip_pair_cost;
  return cost;
}

}  // namespace

std::int32_t stream_height(std::span<const Item> items, const WidthKernels& kernels) {
  const auto block = static_cast<double>(stream_block_rows(kernels.bits));
  return static_cast<std::int32_t>(Shape(items, kernels).height(block));
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
  const double most = Shape(items, width).total(most_stream_rows) / 2;
  std::vector<std::vector<Item>> groups(wanted + 1);
  std::size_t next = 0;
  for (const Item& item : items) groups[tiles_of(item) > most ? wanted : next++ % wanted].push_back(item);
  std::erase_if(groups, [&](const std::vector<Item>& group) {
    if (group.empty()) return true;
    const bool pays = Shape(group, width).cost(stream_height(group, width)) <= strip_cost(group, kernels) &&
                      stream_memory(group, kernels, limits.letters) <= limits.task_memory;
    if (!pays) others.insert(others.end(), group.begin(), group.end());
    return !pays;
  });
  return groups;
}

}  // namespace anneal::align::cpu
