#include "align/cpu/stream_plan.h"

#include <algorithm>
#include <cmath>

namespace anneal::align::cpu {
namespace {

// What a tile costs besides its cells, and what a pair costs alone in strips, in vectors of cells in a stream of
// profiles; and what cells of one query cost: measured.
constexpr double tile_cost = 80.0;
constexpr double query_cell_cost = 0.6;
constexpr double strip_cell_cost = 3.3;
constexpr double strip_pair_cost = 700.0;

double tiles_of(const Item& item) { return static_cast<double>(tile_count(item.columns, stream_columns)); }

double rows_of(const Item& item) { return static_cast<double>(item.rows); }

// What streams of these items are made of.
struct Shape {
  StreamKind kind;
  double lanes = 0;
  double block = 0;
  double cells = 0;  // in tiles of one row
  double tiles = 0;  // of the longest target
  double rows = 0;   // of its query

  Shape(std::span<const Item> items, const WidthKernels& kernels, StreamKind as)
      : kind(as), lanes(static_cast<double>(kernels.lanes)),
        block(static_cast<double>(stream_block_rows(kernels.bits))) {
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
    const double cell_cost = kind == StreamKind::one_query ? query_cell_cost : 1.0;
    return std::max(longest, total(height) + longest / 2) * (stream_columns * height * cell_cost + tile_cost);
  }

  double height() const {
    if (kind == StreamKind::one_query) return std::ceil(rows / block) * block;
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

double stream_cost(std::span<const Item> items, const WidthKernels& kernels, StreamKind kind) {
  const Shape shape(items, kernels, kind);
  return shape.cost(shape.height());
}

// Of what is done where that kind of stream does not pay.
double other_cost(std::span<const Item> items, const Kernels& kernels, StreamKind kind) {
  const double in_strips = strip_cost(items, kernels);
  if (kind != StreamKind::one_query) return in_strips;
  return std::min(in_strips, stream_cost(items, kernels.width[items.front().width], StreamKind::profiles));
}

}  // namespace

std::int32_t stream_height(std::span<const Item> items, const WidthKernels& kernels, StreamKind kind) {
  return static_cast<std::int32_t>(Shape(items, kernels, kind).height());
}

std::uint64_t stream_memory(std::span<const Item> items, const Kernels& kernels, StreamKind kind, int letters) {
  const auto size = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
  const WidthKernels& width = kernels.width[items.front().width];
  if (kind == StreamKind::one_query) {
    const std::int64_t rows = stream_height(items, width, kind);
    return size(2 * rows + stream_columns * letters + 128) * kernels.vector_bytes + size(rows) + 128 * items.size();
  }
  std::uint64_t bytes = width.lanes * size(letters) * size(stream_stride(most_stream_rows)) +
                        (2 * size(most_stream_rows) + 128) * kernels.vector_bytes;
  const std::uint64_t edge = stream_edge_bytes(kernels.vector_bytes / width.lanes);
  for (const Item& item : items) bytes += 128 + edge * size(tile_count(item.columns, stream_columns));
  return bytes;
}

std::vector<std::vector<Item>> plan_streams(std::span<const Item> items, const Kernels& kernels, StreamKind kind,
                                            const StreamLimits& limits, std::vector<Item>& others) {
  if (items.empty()) return {};
  const WidthKernels& width = kernels.width[items.front().width];
  const std::size_t vectors = 1 + items.size() / (8 * width.lanes);
  const std::size_t wanted = limits.threads == 1 ? 1 : std::min<std::size_t>(vectors, 2 * size_t(limits.threads));
  // Those that would keep a few lanes at work while others rest share a stream of low parts.
  const Shape all(items, width, kind);
  const double most = all.total(std::max<double>(most_stream_rows, all.height())) / 2;
  std::vector<std::vector<Item>> groups(wanted + 1);
  std::size_t next = 0;
  for (const Item& item : items) groups[tiles_of(item) > most ? wanted : next++ % wanted].push_back(item);
  std::erase_if(groups, [&](const std::vector<Item>& group) {
    if (group.empty()) return true;
    const bool pays = stream_cost(group, width, kind) <= other_cost(group, kernels, kind) &&
                      stream_memory(group, kernels, kind, limits.letters) <= limits.task_memory;
    if (!pays) others.insert(others.end(), group.begin(), group.end());
    return !pays;
  });
  return groups;
}

}  // namespace anneal::align::cpu
