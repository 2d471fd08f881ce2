// How the memory budget is divided.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "cli/pair_source.h"

namespace anneal::cli {

struct MemoryPlan {
  ChunkLimits chunk;
  std::size_t chunks = 1;        ///< in flight at the same time
  std::size_t target_bytes = 0;  ///< targets that --all-vs-all keeps
};

/// A chunk's records, results and text take about six times its letters, so eight chunks stay within the budget.
inline MemoryPlan plan_memory(std::uint64_t memory, int threads) {
  // Larger ones would only make short inputs wait for one stage after the other.
  constexpr std::uint64_t largest_chunk = std::uint64_t{8} << 20;
  return {.chunk = {.letters = static_cast<std::size_t>(std::min(memory / 64, largest_chunk))},
          .chunks = threads == 1 ? 1 : static_cast<std::size_t>(std::min(threads + 2, 8)),
          .target_bytes = static_cast<std::size_t>(memory / 4)};
}

}  // namespace anneal::cli
