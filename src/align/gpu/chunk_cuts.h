// How a batch is cut into chunks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "align/batch.h"

namespace anneal::align::gpu {

struct ChunkSizes {
  static constexpr std::size_t most_pairs = std::size_t{1} << 15;

  std::size_t most_letters = std::size_t{1} << 23;
  std::uint64_t most_cells = std::numeric_limits<std::uint64_t>::max();
  /// A chunk costs the host and CUDA about as much as encoding 2^18 letters does. Pairs that are longer than
  /// `usual_length` keep the device busy for longer, and few of them a part of it only: more of them go together.
  std::size_t usual_letters = std::size_t{1} << 21;
  std::size_t usual_length = 512;
  /// As long as not every worker has a chunk.
  std::size_t least_letters = std::size_t{1} << 19;
  std::size_t most_per_worker = 8;  ///< so that the device begins early, and the last chunk is soon done
};

/// Where chunks begin in a batch, and the batch's size. The first one of each worker is half as large where each has
/// several. A pair that has more letters or cells than a chunk should is one of its own.
std::vector<std::size_t> chunk_cuts(const Batch& batch, const ChunkSizes& sizes, int workers);

}  // namespace anneal::align::gpu
