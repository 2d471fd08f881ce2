// The best targets of each query, from all targets' scores on the device.
#pragma once

#include <span>
#include <vector>

#include "align/cuda/gpu.h"
#include "search/cuda/select_kernels.h"

namespace anneal::search::cuda {

/// One selection of the best `top` of each query: submitted once, then taken.
class TopHits {
 public:
  /// least[q]: no hit of query q scores less; at least 1.
  TopHits(align::cuda::Gpu& gpu, const ScoreTable& table, std::span<const std::int32_t> least, std::size_t top);

  /// Puts it into the queue, which must not be destroyed before it is taken.
  void submit(device::cuda::Queue& queue);
  /// hits[q]: the best `top` of query q and those that have the same score as one of these, without order. Waits.
  std::vector<std::vector<Hit>> take(device::cuda::Queue& queue);
  /// Of query q, once taken: how many targets' scores overflowed; these are among its hits.
  std::uint32_t overflowed(std::size_t q) const { return selected_[q].overflowed; }

 private:
  void gather(device::cuda::Queue& queue);

  align::cuda::Gpu& gpu_;
  ScoreTable table_;
  std::uint32_t top_;
  std::uint32_t room_;  // for hits of each query
  device::Buffer<std::uint32_t> bins_;
  device::Buffer<Selected> selected_on_device_, selected_;
  device::Buffer<Hit> hits_on_device_, hits_;
};

/// Keeps the best `top`, best first, ties by lower target.
void sort_hits(std::vector<Hit>& hits, std::size_t top);

}  // namespace anneal::search::cuda
