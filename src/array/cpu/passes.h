// The two kinds of passes over memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "array/cpu/program.h"
#include "array/cpu/result.h"
#include "device/cpu/queue.h"

namespace anneal::array::cpu {

/// Fewer elements are computed by the calling thread alone.
inline constexpr std::int64_t least_elements_for_threads = std::int64_t{1} << 17;

/// Calls body(begin, end) for parts of 0 .. count, in threads if there are many elements.
template <class Body>
void for_chunks(device::cpu::Queue& queue, std::int64_t count, std::int64_t elements, const Body& body) {
  if (elements < least_elements_for_threads || queue.threads() == 1) {
    body(std::int64_t{0}, count);
    return;
  }
  // Several parts for each thread, as threads are not equally fast, but none below a quarter of what is worth a thread.
  const std::int64_t most =
      std::min<std::int64_t>(std::int64_t{8} * queue.threads(), elements / (least_elements_for_threads / 4));
  const std::int64_t chunks = std::clamp<std::int64_t>(most, 1, count);
  queue.parallel_for(static_cast<std::size_t>(chunks), [&](std::size_t chunk) {
    const auto k = static_cast<std::int64_t>(chunk);
    const std::int64_t each = count / chunks;
    const std::int64_t longer = count % chunks;  // the first ones, by 1
    const std::int64_t begin = k * each + std::min(k, longer);
    body(begin, begin + each + (k < longer ? 1 : 0));
  });
}

/// The graph is complete, and there is at least one element. `program` is memory that is used again.
Values run_elementwise(const Node& node, const Graph& graph, const TileKernels& kernels, device::cpu::Queue& queue,
                       Program& program);
Values run_reduction(const Node& node, const Graph& graph, const TileKernels& kernels, device::cpu::Queue& queue,
                     Program& program);

}  // namespace anneal::array::cpu
