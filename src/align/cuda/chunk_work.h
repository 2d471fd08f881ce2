// A chunk on its way through a queue of the device.
#pragma once

#include <memory>
#include <vector>

#include "align/cuda/chunk.h"
#include "align/cuda/end_finder.h"

namespace anneal::align::cuda {

class ChunkWork {
 public:
  /// Pairs first .. last - 1, by `queue`. Throws Error(out_of_memory) where their buffers do not fit, and what the
  /// runtime throws; so do the other calls.
  ChunkWork(const Stage& stage, device::cuda::Queue& queue, std::size_t first, std::size_t last);
  /// Waits for what still uses the buffers, where finish() has not.
  ~ChunkWork();
  ChunkWork(const ChunkWork&) = delete;
  ChunkWork& operator=(const ChunkWork&) = delete;

  std::size_t first() const { return chunk_.first(); }
  std::size_t last() const { return chunk_.first() + chunk_.size(); }

  /// Encodes, and submits what can be submitted. False where a letter was none, which the run knows.
  bool start();
  /// Waits, and stores all results in the run. Returns the pairs that no kernel can hold.
  std::vector<std::size_t> finish();

 private:
  device::cuda::Queue& queue_;
  Chunk chunk_;
  EndFinder ends_;
  bool is_idle_ = true;
};

}  // namespace anneal::align::cuda
