// Letters as kernels read them, from those that crossed the bus.
#pragma once

#include <cstdint>

#include "align/cuda/end_batch.h"
#include "align/recurrence/compat.h"
#include "device/cuda/kernel.h"

namespace anneal::align::cuda {

/// Both sides of all pairs. Where neighbours share a sequence, the first one's is done.
struct PackedBatch {
  SequenceTable sides[2];
  std::int32_t pairs = 0;
  const unsigned char* packed = nullptr;  ///< four letters to a byte: those of word k of the letters in byte k
  recurrence::Word* words = nullptr;      ///< of SequenceTable::letters
  recurrence::Word padding = 0;           ///< follows the last letter of a sequence in its word
};

/// Threads for each sequence; a group's are a multiple.
inline constexpr unsigned unpack_lanes = 8;

/// Any 1-D shape with unpack_lanes threads for each of 2 * pairs sequences.
extern const device::cuda::Kernel<PackedBatch> unpack_kernel;

/// letters[places[k]] = code for all k below count. A thread for each.
extern const device::cuda::Kernel<unsigned char*, const std::uint32_t*, unsigned, unsigned char> place_letters_kernel;

}  // namespace anneal::align::cuda
