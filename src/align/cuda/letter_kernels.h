// Letters as kernels read them, from those that a caller has in the device's memory.
#pragma once

#include <cstdint>

#include "align/cuda/end_batch.h"
#include "align/recurrence/compat.h"
#include "device/cuda/kernel.h"

namespace anneal::align::cuda {

/// Sequences of a caller's, in device memory: DeviceSequences, from some sequence on.
struct GivenSequences {
  const unsigned char* letters = nullptr;
  const std::int64_t* offsets = nullptr;
  std::int64_t step = 1;  ///< 0: the first one is that of all pairs
};

/// Codes of all bytes, SubstitutionMatrix::invalid_code for those that are no letters.
struct ByteCodes {
  unsigned char codes[256] = {};
};

/// What letters a sequence has.
enum LetterKinds : unsigned { has_other_than_nucleotides = 1, has_invalid = 2 };

struct ExaminedBatch {
  GivenSequences sequences;
  std::int64_t count = 0;
  unsigned lanes = 1;         ///< threads for each sequence; a group's are a multiple
  unsigned* kinds = nullptr;  ///< of each sequence, 0 before
};

/// Both sides of all pairs. Where neighbours share a sequence, the first one's is done.
struct GivenBatch {
  GivenSequences given[2];
  SequenceTable sides[2];
  std::int32_t pairs = 0;
  unsigned lanes = 1;                 ///< as in ExaminedBatch
  recurrence::Word* words = nullptr;  ///< of SequenceTable::letters
  recurrence::Word padding = 0;       ///< follows the last letter of a sequence in its word
};

/// Any 1-D shape with `lanes` threads for each sequence.
extern const device::cuda::Kernel<ExaminedBatch, ByteCodes> examine_letters_kernel;
/// Any 1-D shape with `lanes` threads for each of 2 * pairs sequences.
extern const device::cuda::Kernel<GivenBatch, ByteCodes> encode_letters_kernel;

}  // namespace anneal::align::cuda
