// Codes of ASCII letters in the form that vector kernels look them up in.
#pragma once

#include <array>
#include <cstdint>

#include "anneal/align.h"

namespace anneal::align {

/// Upper and lower case letters have codes by their low five bits, and '*' one of its own; every other byte is invalid.
/// Encoded letters are their own codes, valid below `size`.
struct LetterTable {
  alignas(32) std::array<std::uint8_t, 32> by_low_bits{};
  std::uint8_t asterisk = SubstitutionMatrix::invalid_code;
  bool encoded = false;
  std::uint8_t size = 0;

  LetterTable(const SubstitutionMatrix& matrix, Letters letters)
      : asterisk(matrix.code('*')), encoded(letters == Letters::encoded),
        size(static_cast<std::uint8_t>(matrix.size())) {
    for (unsigned low = 0; low < by_low_bits.size(); ++low) {
      by_low_bits[low] = matrix.code(static_cast<unsigned char>(0x40 | low));
    }
  }

  std::uint8_t code(std::uint8_t byte) const {
    if (encoded) return byte < size ? byte : SubstitutionMatrix::invalid_code;
    if (byte == '*') return asterisk;
    return (byte & 0xC0) == 0x40 ? by_low_bits[byte & 31] : SubstitutionMatrix::invalid_code;
  }
};

}  // namespace anneal::align
