// Nucleotides in two bits each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace anneal::align::cpu {

/// Writes the low two bits of each code, four to a byte, the first one lowest. Returns whether all codes are below 4.
/// May read up to `pack_margin` codes more, which must be 0, and write as many bytes more.
using PackLetters = bool (*)(const std::uint8_t* codes, std::size_t count, std::uint8_t* packed);
inline constexpr std::size_t pack_margin = 256;

/// The function for a CPU backend; a plain one for those without vector kernels.
PackLetters find_packer(std::string_view backend);

}  // namespace anneal::align::cpu
