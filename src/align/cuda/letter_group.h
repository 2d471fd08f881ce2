// What a thread of letter_kernels.h does, also where tests run it on the host.
#pragma once

#include "align/cuda/letter_kernels.h"
#include "align/recurrence/packed_letters.h"

namespace anneal::align::cuda {

/// LetterKinds of the letters that are the lane's; of the sequence, those of all its lanes together.
ANNEAL_FN unsigned examine_letters(const ExaminedBatch& batch, const unsigned char* codes, std::int64_t sequence,
                                   unsigned lane) {
  constexpr unsigned nucleotides = 4, most_codes = 32;
  const std::int64_t end = batch.sequences.offsets[sequence + 1];
  unsigned kinds = 0;
  for (std::int64_t k = batch.sequences.offsets[sequence] + lane; k < end; k += batch.lanes) {
    const unsigned code = codes[batch.sequences.letters[k]];
    kinds |= code >= most_codes ? has_invalid : code >= nucleotides ? has_other_than_nucleotides : 0u;
  }
  return kinds;
}

/// `which` side of a pair: 0 for the query.
ANNEAL_FN void encode_letters(const GivenBatch& batch, const unsigned char* codes, std::int64_t pair, int which,
                              unsigned lane) {
  const SequenceTable& side = batch.sides[which];
  const GivenSequences& given = batch.given[which];
  const std::int64_t begin = side.begins[pair];
  const int letters = side.lengths[pair];
  if (pair > 0 && side.begins[pair - 1] == begin && side.lengths[pair - 1] == letters) return;
  const unsigned char* const text = given.letters + given.offsets[pair * given.step];
  for (std::int64_t first = 4 * std::int64_t{lane}; first < letters; first += 4 * std::int64_t{batch.lanes}) {
    const int left = letters - first < 4 ? static_cast<int>(letters - first) : 4;
    recurrence::Word word = 0;
    for (int k = 0; k < left; ++k) word |= recurrence::Word{codes[text[first + k]]} << 8 * k;
    batch.words[(begin + first) / 4] = recurrence::pad_word(word, left, batch.padding);
  }
}

}  // namespace anneal::align::cuda
