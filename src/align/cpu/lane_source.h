// Where the interleaving kernel takes a lane's letters from.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anneal::align::cpu {

/// Positions that the kernel handles at a time.
inline constexpr std::size_t interleave_block = 16;

constexpr std::size_t rounded_up_to_block(std::int64_t length) {
  return (static_cast<std::size_t>(length) + interleave_block - 1) / interleave_block * interleave_block;
}

/// Position p is letters[p - lead]. Blocks without any of the letters become padding; the others may read up to
/// interleave_block bytes before the first and after the last letter.
struct LaneSource {
  const std::uint8_t* letters = nullptr;
  std::int64_t lead = 0;
  std::int64_t count = 0;
};

}  // namespace anneal::align::cpu
