#include "align/cpu/plan.h"

#include <algorithm>
#include <tuple>

namespace anneal::align::cpu {
namespace {

// A step along antidiagonals loads and stores more than a cell in lanes, and each antidiagonal has a fixed cost; both
// in units of one vector of cells in lanes, measured.
constexpr double diagonal_step_cost = 1.6;
constexpr double diagonal_start_cost = 4.0;

// Pairs that are sorted together: many vectors, so that few are left half full, and little enough to stay in cache.
constexpr std::size_t slab = std::size_t{1} << 11;

double diagonal_cost(std::span<const Item> group, double lanes) {
  double cost = 0;
  for (const Item& item : group) {
    cost += diagonal_step_cost * static_cast<double>(item.cells()) / lanes +
            diagonal_start_cost * (item.rows + item.columns);
  }
  return cost;
}

std::uint64_t lane_memory(const Item& hull, const Kernels& kernels, const PlanLimits& limits) {
  const auto rows = static_cast<std::uint64_t>(hull.rows), columns = static_cast<std::uint64_t>(hull.columns);
  const WidthKernels& width = kernels.width[hull.width];
  const std::uint64_t vectors = lane_workspace_vectors(hull.rows, hull.columns);
  std::uint64_t bytes = vectors * kernels.vector_bytes + 2 * (rows + columns + 64) * width.lanes;
  if (limits.traced) {
    const auto span = static_cast<std::uint64_t>(hull.diagonals.highest - hull.diagonals.lowest + 1 + tile_columns);
    const std::uint64_t height = std::min(rows, span);
    bytes += height * (columns + tile_columns) * trace_masks * mask_bytes(width.lanes);
  }
  return bytes;
}

bool same_lanes(const Item& a, const Item& b, bool exact_band) {
  return a.width == b.width &&
         (!exact_band || (a.diagonals.lowest == b.diagonals.lowest && a.diagonals.highest == b.diagonals.highest));
}

bool lanes_pay(std::span<const Item> group, const Kernels& kernels, const PlanLimits& limits) {
  if (limits.lanes_only) return true;
  const Item hull = hull_of(group);
  if (!limits.lanes_possible || lane_memory(hull, kernels, limits) > limits.task_memory) return false;
  // Antidiagonals have no 8-bit kernel.
  const double diagonal_lanes = static_cast<double>(kernels.width[std::max(hull.width, width16)].lanes);
  return static_cast<double>(hull.cells()) <= diagonal_cost(group, diagonal_lanes);
}

// What pairs should have alike to share a vector, most important first, and large values first.
struct Shape {
  std::uint64_t major;
  std::uint64_t minor;
  std::uint32_t item;

  bool operator<(const Shape& other) const {
    return std::tie(other.major, other.minor, other.item) < std::tie(major, minor, item);
  }
};

Shape shape_of(const Item& item, std::uint32_t index, const PlanLimits& limits) {
  const auto sides = static_cast<std::uint64_t>(item.columns) << 32 | static_cast<std::uint32_t>(item.rows);
  const std::int64_t diagonal = limits.exact_band ? item.diagonals.lowest
                                : limits.traced   ? item.diagonals.highest - item.diagonals.lowest
                                                  : 0;
  const auto offset = static_cast<std::uint64_t>(diagonal + (std::int64_t{1} << 40));
  return {static_cast<std::uint64_t>(item.width) << 48 | offset, sides, index};
}

void sort_by_shape(std::span<Item> items, const PlanLimits& limits) {
  std::vector<Shape> shapes;
  shapes.reserve(items.size());
  for (const Item& item : items) shapes.push_back(shape_of(item, static_cast<std::uint32_t>(shapes.size()), limits));
  std::sort(shapes.begin(), shapes.end());
  std::vector<Item> sorted;
  sorted.reserve(items.size());
  for (const Shape& shape : shapes) sorted.push_back(items[shape.item]);
  std::ranges::copy(sorted, items.begin());
}

// Sorts items first .. last - 1 by shape and cuts where a vector is full or the next pair cannot share it.
std::vector<Task> plan_slab(std::vector<Item>& items, std::size_t first, std::size_t last, const Kernels& kernels,
                            const PlanLimits& limits) {
  sort_by_shape(std::span(items).subspan(first, last - first), limits);
  std::vector<Task> tasks;
  while (first < last) {
    const std::size_t lanes = kernels.width[items[first].width].lanes;
    std::size_t count = 1;
    while (count < lanes && first + count < last && same_lanes(items[first], items[first + count], limits.exact_band)) {
      ++count;
    }
    if (lanes_pay(std::span(items).subspan(first, count), kernels, limits)) {
      tasks.push_back({first, count, true});
    } else {
      for (std::size_t k = 0; k < count; ++k) tasks.push_back({first + k, 1, false});
    }
    first += count;
  }
  return tasks;
}

}  // namespace

Item hull_of(std::span<const Item> group) {
  Item hull = group.front();
  for (const Item& item : group.subspan(1)) hull.include(item);
  return hull;
}

std::vector<Task> plan(std::vector<Item>& items, const Kernels& kernels, const PlanLimits& limits,
                       device::cpu::Queue& queue) {
  const std::size_t slabs = (items.size() + slab - 1) / slab;
  std::vector<std::vector<Task>> planned(slabs);
  queue.parallel_for(slabs, [&](std::size_t k) {
    planned[k] = plan_slab(items, k * slab, std::min(items.size(), (k + 1) * slab), kernels, limits);
  });
  std::vector<Task> tasks;
  for (const std::vector<Task>& part : planned) tasks.insert(tasks.end(), part.begin(), part.end());
  return tasks;
}

}  // namespace anneal::align::cpu
