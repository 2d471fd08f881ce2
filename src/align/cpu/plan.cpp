#include "align/cpu/plan.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "align/cpu/slab.h"
#include "align/radix_sort.h"

namespace anneal::align::cpu {
namespace {

// A step along antidiagonals loads and stores more than a cell in lanes, and each antidiagonal has a fixed cost; both
// in units of one vector of cells in lanes, measured.
constexpr double diagonal_step_cost = 1.6;
constexpr double diagonal_start_cost = 4.0;

// The same for strips, with the tiles that the walk visits: a step, a strip and a pair. Much of a local pair is left
// out.
struct StripCost {
  double step;
  double strip;
  double pair;
};
constexpr StripCost difference_cost{2.5, 100.0, 1500.0};
constexpr StripCost local_cost{1.2, 200.0, 4000.0};
// In 8 bits. Of short pairs that are alike, lanes leave out much too.
constexpr StripCost long_local_cost{0.6, 100.0, 2000.0};
constexpr std::int32_t long_side = 768;
// What a group in lanes costs if its paths are traced in a second pass, against the first one. Strips need none.
constexpr double traced_passes = 1.8;

double diagonal_cost(std::span<const Item> group, double lanes) {
  double cost = 0;
  for (const Item& item : group) {
    cost += diagonal_step_cost * static_cast<double>(item.cells()) / lanes +
            diagonal_start_cost * (item.rows + item.columns);
  }
  return cost;
}

// Rows of a strip begin one after the other, which takes as many steps more as a vector has lanes; a band's edges, too.
double strip_cost(std::span<const Item> group, double lanes, const StripCost& cost_of) {
  double cost = 0;
  for (const Item& item : group) {
    const auto span = static_cast<double>(item.diagonals.highest - item.diagonals.lowest + 1);
    const double steps = std::min(static_cast<double>(item.columns), span + lanes) + lanes;
    cost += std::ceil(item.rows / lanes) * (cost_of.step * steps + cost_of.strip) + cost_of.pair;
  }
  return cost;
}

StripCost local_cost_of(std::span<const Item> group, const PlanLimits& limits) {
  const bool all_long =
      std::ranges::all_of(group, [](const Item& item) { return std::min(item.rows, item.columns) >= long_side; });
  return all_long && limits.strips_in_8_bits ? long_local_cost : local_cost;
}

std::uint64_t lane_memory(const Item& hull, const Kernels& kernels, const PlanLimits& limits) {
  const auto rows = static_cast<std::uint64_t>(hull.rows), columns = static_cast<std::uint64_t>(hull.columns);
  const WidthKernels& width = kernels.width[hull.width];
  const std::int64_t tile_columns = std::max(width.tile_columns(true), width.tile_columns(false));
  const std::uint64_t vectors = lane_workspace_vectors(hull.rows, hull.columns, tile_columns);
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
  if (limits.in_strips) {
    const double strip_lanes =
        limits.strip_width == width8 ? static_cast<double>(kernels.vector_bytes) : diagonal_lanes;
    return (limits.path_follows ? traced_passes : 1) * static_cast<double>(hull.cells()) <=
           strip_cost(group, strip_lanes,
                      limits.strip_width == width8 ? difference_cost : local_cost_of(group, limits));
  }
  return static_cast<double>(hull.cells()) <= diagonal_cost(group, diagonal_lanes);
}

// Grows with the length: exact below 4096, above that in steps of a 2048th at most.
std::uint64_t in_16_bits(std::int32_t length) {
  const auto bits = static_cast<std::uint32_t>(length);
  const int dropped = std::max(0, static_cast<int>(std::bit_width(bits)) - 12);
  return (static_cast<std::uint64_t>(dropped) << 11) + (bits >> dropped);
}

// What pairs should have alike to share a vector, in bits, and the item's number in the lowest ones.
class Key {
 public:
  static constexpr int number_bits = 12;
  static constexpr std::uint64_t row_bits = std::uint64_t{0xFFFF} << number_bits;  // where they come last
  static constexpr std::uint64_t shape_bits = ~std::uint64_t{0} << number_bits;
  static_assert(Slab::most_pairs == std::size_t{1} << number_bits);

  static std::uint64_t of(const Item& item, std::size_t number, const PlanLimits& limits) {
    const std::int64_t diagonal = limits.exact_band ? item.diagonals.lowest
                                  : limits.traced   ? item.diagonals.highest - item.diagonals.lowest
                                                    : 0;
    constexpr std::int64_t most = (1 << 17) - 1;
    const auto offset = static_cast<std::uint64_t>(std::clamp(diagonal, -most, most) + most);
    const std::int32_t first = limits.lanes_only ? item.rows : item.columns;
    const std::int32_t second = limits.lanes_only ? item.columns : item.rows;
    const std::uint64_t shape =
        static_cast<std::uint64_t>(item.width) << 50 | offset << 32 | in_16_bits(first) << 16 | in_16_bits(second);
    return ~shape << number_bits | number;  // large ones first
  }
  static std::size_t number(std::uint64_t key) { return key % Slab::most_pairs; }
  static std::uint64_t width(std::uint64_t key) { return key >> 62; }
};

// Sorted keys of one width are cut into bins of like columns, and these are sorted by rows: so both sides of the
// pairs in a vector are about equally alike.
void sort_bins(std::span<std::uint64_t> keys, const std::vector<Item>& items, std::size_t lanes, RadixSort<>& radix) {
  const auto vectors = static_cast<double>(keys.size()) / static_cast<double>(lanes);
  const std::size_t most = lanes * static_cast<std::size_t>(std::max(1.0, std::round(std::sqrt(vectors))));
  const auto columns = [&](std::size_t k) { return static_cast<double>(items[Key::number(keys[k])].columns); };
  while (!keys.empty()) {
    std::size_t bin = std::min(lanes, keys.size());
    while (bin < std::min(most, keys.size()) && columns(bin) > 0.8 * columns(0)) ++bin;
    radix.sort(keys.first(bin), Key::row_bits);
    keys = keys.subspan(bin);
  }
}

void sort_by_shape(std::vector<Item>& items, const Kernels& kernels, const PlanLimits& limits) {
  std::vector<std::uint64_t> keys;
  keys.reserve(items.size());
  for (const Item& item : items) keys.push_back(Key::of(item, keys.size(), limits));
  RadixSort radix;
  radix.sort(keys, Key::shape_bits);
  // Equal bands have to stay together, and so have queries of one length where they come first.
  const bool stay = limits.exact_band || limits.lanes_only;
  for (auto first = keys.begin(); first != keys.end() && !stay;) {
    const auto last =
        std::find_if(first, keys.end(), [&](std::uint64_t key) { return Key::width(key) != Key::width(*first); });
    sort_bins({first, last}, items, kernels.width[items[Key::number(*first)].width].lanes, radix);
    first = last;
  }
  std::vector<Item> sorted;
  sorted.reserve(items.size());
  for (const std::uint64_t key : keys) sorted.push_back(items[Key::number(key)]);
  items.swap(sorted);
}

}  // namespace

Item hull_of(std::span<const Item> group) {
  Item hull = group.front();
  for (const Item& item : group.subspan(1)) hull.include(item);
  return hull;
}

std::vector<Task> plan(std::vector<Item>& items, const Kernels& kernels, const PlanLimits& limits) {
  sort_by_shape(items, kernels, limits);
  std::vector<Task> tasks;
  for (std::size_t first = 0, count = 0; first < items.size(); first += count) {
    const std::size_t lanes = kernels.width[items[first].width].lanes;
    count = 1;
    // A vector ends where the next pair cannot share it.
    while (count < lanes && first + count < items.size() &&
           same_lanes(items[first], items[first + count], limits.exact_band)) {
      ++count;
    }
    if (lanes_pay(std::span(items).subspan(first, count), kernels, limits)) {
      tasks.push_back({first, count, true});
    } else {
      for (std::size_t k = 0; k < count; ++k) tasks.push_back({first + k, 1, false});
    }
  }
  return tasks;
}

}  // namespace anneal::align::cpu
