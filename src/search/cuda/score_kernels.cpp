#include "search/cuda/score_kernels.h"

#include "device/cuda/queue.h"

namespace anneal::search::cuda {

void ScoreKernel::launch(device::cuda::Queue& queue, const ScoreJob& job, unsigned blocks, unsigned threads,
                         std::size_t shared_bytes) const {
  ScoreJob argument = job;
  void* arguments[] = {&argument};
  queue.launch(kernel, {.grid = {blocks}, .group = {threads}, .shared_bytes = shared_bytes}, arguments);
}

std::span<const ScoreKernel> strip_kernels(Packing packing) {
  switch (packing) {
    case Packing::queries:
      return query_pair_kernels();
    case Packing::targets:
      return target_pair_kernels();
    case Packing::bytes:
      return byte_kernels();
    case Packing::whole:
      return whole_kernels();
  }
  return {};
}

std::span<const ScoreKernel> relay_kernels(Packing packing) {
  switch (packing) {
    case Packing::queries:
      return query_pair_relays();
    case Packing::targets:
      return target_pair_relays();
    case Packing::bytes:
    case Packing::whole:
      break;
  }
  return {};
}

}  // namespace anneal::search::cuda
