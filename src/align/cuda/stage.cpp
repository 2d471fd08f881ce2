#include "align/cuda/stage.h"

#include <algorithm>

namespace anneal::align::cuda {

unsigned Stage::blocks(std::int64_t wanted, const device::cuda::KernelRef& kernel, int threads,
                       std::uint64_t bytes_per_block, std::size_t shared_bytes) const {
  const std::int64_t resident = std::int64_t{device.kernels().resident_groups(kernel, threads, shared_bytes)} *
                                device.properties().multiprocessors;
  const auto affordable = static_cast<std::int64_t>(chunk_memory / std::max<std::uint64_t>(bytes_per_block, 1));
  return static_cast<unsigned>(std::max<std::int64_t>(std::min({wanted, resident, affordable}), 1));
}

}  // namespace anneal::align::cuda
