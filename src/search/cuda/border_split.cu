#include "search/cuda/border_split.h"

namespace anneal::search::cuda {
namespace {

__global__ void split_border(const BorderSplit split) {
  const std::uint32_t pair = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
  if (2 * pair < split.count) split_columns(split, pair, static_cast<int>(threadIdx.x % 32), 32);
}

}  // namespace

const device::cuda::Kernel<BorderSplit> split_border_kernel{"split_border", split_border};

}  // namespace anneal::search::cuda
