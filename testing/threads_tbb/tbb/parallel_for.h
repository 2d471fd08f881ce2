#pragma once

#include <algorithm>
#include <type_traits>

#include "tbb/blocked_range.h"
#include "tbb/team.h"

namespace tbb {

struct simple_partitioner {};
struct auto_partitioner {};
struct static_partitioner {};

template <typename Value, typename Body, typename Partitioner = auto_partitioner>
void parallel_for(const blocked_range<Value>& range, const Body& body, const Partitioner& = {}) {
  if (range.empty()) return;
  const std::size_t chunk = std::max<std::size_t>(range.grainsize(), 1);
  team::run((range.size() + chunk - 1) / chunk, [&](std::size_t task) {
    const auto offset = [&](std::size_t tasks) {
      return range.begin() + static_cast<std::ptrdiff_t>(std::min(tasks * chunk, range.size()));
    };
    body(blocked_range<Value>(static_cast<Value>(offset(task)), static_cast<Value>(offset(task + 1)), chunk));
  });
}

template <typename Index, typename Body, typename Partitioner = auto_partitioner>
  requires std::is_integral_v<Index>
void parallel_for(Index first, Index last, const Body& body, const Partitioner& = {}) {
  if (!(first < last)) return;
  team::run(static_cast<std::size_t>(last - first),
            [&](std::size_t task) { body(static_cast<Index>(first + static_cast<Index>(task))); });
}

}  // namespace tbb
