#include "support/emulated_kernels.h"

#include <algorithm>

#include "align/cuda/unpack.h"
#include "align/recurrence/packed_letters.h"
#include "support/emulated_tables.h"

namespace anneal::test {
namespace {

using namespace align::cuda;
using device::cuda::LaunchShape;

void unpack(const LaunchShape&, const PackedBatch& batch) {
  for (const SequenceTable& side : batch.sides) {
    for (std::int32_t pair = 0; pair < batch.pairs; ++pair) {
      for (int first = 0; first < side.lengths[pair]; first += 4) {
        const std::int64_t word = (side.begins[pair] + first) / 4;
        const int left = std::min(4, side.lengths[pair] - first);
        batch.words[word] =
            align::recurrence::pad_word(align::recurrence::unpack_letters(batch.packed[word]), left, batch.padding);
      }
    }
  }
}

void place_letters(const LaunchShape&, unsigned char* letters, const std::uint32_t* places, unsigned count,
                   unsigned char code) {
  for (unsigned k = 0; k < count; ++k) letters[places[k]] = code;
}

}  // namespace

void define_align_kernels(FakeCuda& fake) {
  define_end_kernels(fake);
  define_extend_kernels(fake);
  define_path_kernels(fake);
  fake.define(unpack_kernel, unpack);
  fake.define(place_letters_kernel, place_letters);
}

}  // namespace anneal::test
