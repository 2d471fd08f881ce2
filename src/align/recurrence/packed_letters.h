// Nucleotides in two bits each, four to a byte, the first one lowest: as they cross the bus.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// The codes of a byte, one per byte of a Word.
ANNEAL_FN Word unpack_letters(Word packed) {
  const Word nibbles = (packed | packed << 12) & 0x000F000Fu;
  return (nibbles | nibbles << 6) & 0x03030303u;
}

/// The word with `padding` in all bytes but its first `letters`; 0 to 4.
ANNEAL_FN Word pad_word(Word word, int letters, Word padding) {
  const Word kept = letters >= 4 ? ~0u : (1u << 8 * letters) - 1;
  return (word & kept) | (padding * 0x01010101u & ~kept);
}

}  // namespace anneal::align::recurrence
