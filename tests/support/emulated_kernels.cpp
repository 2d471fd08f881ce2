#include "support/emulated_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/cuda/letter_group.h"
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

void examine(const LaunchShape& shape, const ExaminedBatch& batch, const ByteCodes& table) {
  EXPECT_GE(shape.grid.x * shape.group.x, batch.count * batch.lanes);
  for (std::int64_t sequence = 0; sequence < batch.count; ++sequence) {
    for (unsigned lane = 0; lane < batch.lanes; ++lane) {
      batch.kinds[sequence] |= examine_letters(batch, table.codes, sequence, lane);
    }
  }
}

void encode_given(const LaunchShape& shape, const GivenBatch& batch, const ByteCodes& table) {
  EXPECT_GE(shape.grid.x * shape.group.x, 2u * batch.pairs * batch.lanes);
  for (std::int32_t pair = 0; pair < batch.pairs; ++pair) {
    for (const int which : {0, 1}) {
      for (unsigned lane = 0; lane < batch.lanes; ++lane) encode_letters(batch, table.codes, pair, which, lane);
    }
  }
}

}  // namespace

void define_align_kernels(FakeCuda& fake) {
  define_end_kernels(fake);
  define_extend_kernels(fake);
  define_path_kernels(fake);
  define_two_piece_kernels(fake);
  fake.define(unpack_kernel, unpack);
  fake.define(place_letters_kernel, place_letters);
  fake.define(examine_letters_kernel, examine);
  fake.define(encode_letters_kernel, encode_given);
}

}  // namespace anneal::test
