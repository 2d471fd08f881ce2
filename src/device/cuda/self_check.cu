#include "device/cuda/self_check.h"

namespace anneal::device::cuda {
namespace {

__global__ void fill(std::uint32_t* data, std::uint32_t first, std::size_t size) {
  const std::size_t stride = std::size_t{gridDim.x} * blockDim.x;
  for (std::size_t i = std::size_t{blockIdx.x} * blockDim.x + threadIdx.x; i < size; i += stride) {
    data[i] = first + static_cast<std::uint32_t>(i);
  }
}

__global__ void transpose(std::uint32_t* to, const std::uint32_t* from, unsigned rows, unsigned columns) {
  extern __shared__ std::uint32_t tile[];
  const unsigned column = blockIdx.x * blockDim.x + threadIdx.x;
  const unsigned row = blockIdx.y * blockDim.y + threadIdx.y;
  const unsigned place = threadIdx.y * blockDim.x + threadIdx.x;
  if (row < rows && column < columns) tile[place] = from[std::size_t{row} * columns + column];
  __syncthreads();
  if (row < rows && column < columns) to[std::size_t{column} * rows + row] = tile[place];
}

}  // namespace

const FillKernel fill_kernel{"fill", fill};
const TransposeKernel transpose_kernel{"transpose", transpose};

}  // namespace anneal::device::cuda
