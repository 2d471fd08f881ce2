// Nucleotides in two bits each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "align/letter_table.h"

namespace anneal::align::cpu {

/// Writes the low two bits of each letter's code, four to a byte, the first one lowest; those of bytes that are no
/// letters mean nothing. Returns whether all codes are below 4. May write up to `pack_margin` bytes more.
using PackLetters = bool (*)(const LetterTable& table, std::string_view letters, std::uint8_t* packed);
#if defined(__aarch64__)
inline constexpr std::size_t pack_margin = 64;  // a quarter of the longest vectors
#else
inline constexpr std::size_t pack_margin = 16;
#endif

/// The function for a CPU backend; a plain one for those without vector kernels.
PackLetters find_packer(std::string_view backend);

}  // namespace anneal::align::cpu
