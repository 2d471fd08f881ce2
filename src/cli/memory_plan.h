// How the memory budget is divided.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "cli/pair_source.h"

namespace anneal::cli {

struct MemoryPlan {
  ChunkLimits chunk;
  std::size_t chunks;        ///< in flight at the same time
  std::size_t target_bytes;  ///< targets that --all-vs-all keeps
};

/// A chunk's records, results and text take about six times what its pairs count for, so a third of the budget is left
/// for the engine and its threads.
inline MemoryPlan plan_memory(std::uint64_t memory, int threads, int strands) {
  // Enough for every thread; larger ones would leave the cache and make one stage wait for the other.
  const std::uint64_t largest_chunk =
      std::clamp(static_cast<std::uint64_t>(threads) << 19, std::uint64_t{1} << 20, std::uint64_t{8} << 20);
  const std::uint64_t chunks = threads == 1 ? 1 : std::min(static_cast<std::uint64_t>(threads) + 2, std::uint64_t{8});
  return {
      .chunk = {.bytes = static_cast<std::size_t>(std::min(memory / (16 * chunks), largest_chunk)), .strands = strands},
      .chunks = static_cast<std::size_t>(chunks),
      .target_bytes = static_cast<std::size_t>(memory / 4)};
}

}  // namespace anneal::cli
