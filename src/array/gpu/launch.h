// Launches of kernels in one dimension.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

template <class... Values>
void launch(Gpu& gpu, const Compiled& kernel, std::uint64_t groups, unsigned threads, const Values&... values) {
  const Argument arguments[] = {Argument(values)...};
  gpu.launch(kernel, {.grid = {static_cast<unsigned>(groups)}, .group = {threads}}, arguments);
}

/// Of at least one element, for kernels whose threads step from element to element:
///
///   for (INDEX k = GROUP_X * GROUP_THREADS + THREAD; k < count; k += GROUPS_X * GROUP_THREADS)
template <class... Values>
void launch_for_each(Gpu& gpu, const Compiled& kernel, std::int64_t count, const Values&... values) {
  const unsigned threads = std::min(256u, kernel.largest_group());
  constexpr std::uint64_t most_groups = 1 << 22;  // so that these many threads can be counted in 31 bits
  const std::uint64_t groups = (static_cast<std::uint64_t>(count) + threads - 1) / threads;
  launch(gpu, kernel, std::min(groups, most_groups), threads, values...);
}

}  // namespace anneal::array::gpu
