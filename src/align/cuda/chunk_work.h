// A chunk on its way through a queue of the device.
#pragma once

#include <memory>
#include <vector>

#include "align/cuda/chunk.h"
#include "align/cuda/finder.h"
#include "align/cuda/path_finder.h"

namespace anneal::align::cuda {

class ChunkWork {
 public:
  /// Pairs first .. last - 1, by `queue`. Throws Error(out_of_memory) where their buffers do not fit, and what the
  /// runtime throws; so do the other calls.
  ChunkWork(const Stage& stage, device::cuda::Queue& queue, std::size_t first, std::size_t last);
  /// Waits for what still uses the buffers.
  ~ChunkWork();
  ChunkWork(const ChunkWork&) = delete;
  ChunkWork& operator=(const ChunkWork&) = delete;

  std::size_t first() const { return chunk_.first(); }
  std::size_t last() const { return chunk_.first() + chunk_.size(); }

  /// Encodes, and submits what can be submitted. False where a letter was none, which the run knows.
  bool start();
  /// Whether advance() will not wait. Throws where the work failed.
  bool is_ready() const { return paths_ ? paths_->is_ready() : finder_->is_ready(); }
  /// Waits for what was submitted and stores its results in the run, and CIGARs as those of `writer` where they are
  /// wanted; submits what comes next. Whether nothing does.
  bool advance(CigarCollector* cigars, int writer);
  /// Then: the pairs that no kernel has done.
  const std::vector<std::size_t>& left_out() const { return left_out_; }
  device::cuda::Queue& queue() const { return queue_; }

 private:
  const Stage& stage_;
  device::cuda::Queue& queue_;
  Chunk chunk_;
  std::unique_ptr<Finder> finder_;
  std::unique_ptr<PathFinder> paths_;
  std::vector<std::size_t> left_out_;
  bool is_idle_ = true;
};

}  // namespace anneal::align::cuda
