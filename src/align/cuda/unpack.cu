#include "align/cuda/unpack.h"
#include "align/recurrence/packed_letters.h"

namespace anneal::align::cuda {
namespace {

__global__ void unpack(const PackedBatch batch) {
  const unsigned thread = blockIdx.x * blockDim.x + threadIdx.x;
  const int pair = static_cast<int>(thread / unpack_lanes / 2);
  if (pair >= batch.pairs) return;
  const SequenceTable& side = batch.sides[thread / unpack_lanes % 2];
  const std::int64_t begin = side.begins[pair];
  const std::int64_t letters = side.lengths[pair];
  if (pair > 0 && side.begins[pair - 1] == begin && side.lengths[pair - 1] == letters) return;
  for (std::int64_t first = 4 * (thread % unpack_lanes); first < letters; first += 4 * unpack_lanes) {
    const std::int64_t word = (begin + first) / 4;
    const int left = letters - first < 4 ? static_cast<int>(letters - first) : 4;
    batch.words[word] = recurrence::pad_word(recurrence::unpack_letters(batch.packed[word]), left, batch.padding);
  }
}

__global__ void place_letters(unsigned char* letters, const std::uint32_t* places, unsigned count, unsigned char code) {
  const unsigned k = blockIdx.x * blockDim.x + threadIdx.x;
  if (k < count) letters[places[k]] = code;
}

}  // namespace

const device::cuda::Kernel<PackedBatch> unpack_kernel{"unpack_letters", unpack};
const device::cuda::Kernel<unsigned char*, const std::uint32_t*, unsigned, unsigned char> place_letters_kernel{
    "place_letters", place_letters};

}  // namespace anneal::align::cuda
