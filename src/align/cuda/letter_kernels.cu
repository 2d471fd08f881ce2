#include "align/cuda/letter_group.h"

namespace anneal::align::cuda {
namespace {

// Where each thread may look up another byte.
__device__ void share_codes(const ByteCodes& table, unsigned char* codes) {
  for (unsigned byte = threadIdx.x; byte < sizeof table.codes; byte += blockDim.x) codes[byte] = table.codes[byte];
  __syncthreads();
}

__device__ std::int64_t sequence_of_thread(unsigned lanes) {
  return std::int64_t{blockIdx.x} * (blockDim.x / lanes) + threadIdx.x / lanes;
}

__global__ void examine(const ExaminedBatch batch, const ByteCodes table) {
  __shared__ unsigned char codes[sizeof table.codes];
  share_codes(table, codes);
  const std::int64_t sequence = sequence_of_thread(batch.lanes);
  if (sequence >= batch.count) return;
  const unsigned kinds = examine_letters(batch, codes, sequence, threadIdx.x % batch.lanes);
  if (kinds != 0) atomicOr(&batch.kinds[sequence], kinds);
}

__global__ void encode(const GivenBatch batch, const ByteCodes table) {
  __shared__ unsigned char codes[sizeof table.codes];
  share_codes(table, codes);
  const std::int64_t sequence = sequence_of_thread(batch.lanes);
  if (sequence / 2 >= batch.pairs) return;
  encode_letters(batch, codes, sequence / 2, static_cast<int>(sequence % 2), threadIdx.x % batch.lanes);
}

}  // namespace

const device::cuda::Kernel<ExaminedBatch, ByteCodes> examine_letters_kernel{"examine_letters", examine};
const device::cuda::Kernel<GivenBatch, ByteCodes> encode_letters_kernel{"encode_letters", encode};

}  // namespace anneal::align::cuda
