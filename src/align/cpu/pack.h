// Nucleotides in two bits each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "align/letter_table.h"

namespace anneal::align::cpu {

/// Neighbours may be the same sequence in memory: then one copy serves them all.
inline bool are_one(std::string_view text, std::string_view before) {
  return text.data() == before.data() && text.size() == before.size();
}

/// Writes the low two bits of the code of each letter of each text, four to a byte, the first one lowest; those of
/// bytes that are no letters mean nothing. A text's first letter goes to where `begins` says, in letters: a multiple of
/// 4, for each text beyond those before, but for neighbours that are one. Ends with the first text that has a code
/// above 3, and returns how many there are before that one. May write up to `pack_margin` bytes beyond the last text.
using PackLetters = std::size_t (*)(const LetterTable& table, std::span<const std::string_view> texts,
                                    const std::int64_t* begins, std::uint8_t* packed);
inline constexpr std::size_t pack_margin = 16;

/// The function for a CPU backend; a plain one for those without vector kernels.
PackLetters find_packer(std::string_view backend);

}  // namespace anneal::align::cpu
