// Which pairs go through streams together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "align/cpu/kernels.h"
#include "align/cpu/plan.h"
#include "align/cpu/stream_job.h"

namespace anneal::align::cpu {

/// Rows of the parts that these items of one width are cut into: low ones where few items or long targets would leave
/// lanes without work. Of one query, all of its rows, to the block.
std::int32_t stream_height(std::span<const Item> items, const WidthKernels& kernels, StreamKind kind);

/// Bytes that a stream of these items needs; `letters` of the matrix, padding included.
std::uint64_t stream_memory(std::span<const Item> items, const Kernels& kernels, StreamKind kind, int letters);

struct StreamLimits {
  int threads = 1;
  int letters = 0;                ///< of the matrix, padding included
  std::uint64_t task_memory = 0;  ///< bytes that one stream may use
};

/// Groups of items, all of one width, that are computed in a stream of that kind each. The others, for which that does
/// not pay or for which there is too little memory, are appended to `others`.
std::vector<std::vector<Item>> plan_streams(std::span<const Item> items, const Kernels& kernels, StreamKind kind,
                                            const StreamLimits& limits, std::vector<Item>& others);

}  // namespace anneal::align::cpu
