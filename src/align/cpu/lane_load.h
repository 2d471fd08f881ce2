// Brings the letters of a group of pairs into lanes.
#pragma once

#include <span>

#include "align/cpu/stage.h"

namespace anneal::align::cpu {

/// The letters of one side of a group: side by side, and interleaved for the kernels.
struct LaneLetters {
  const std::uint8_t* interleaved = nullptr;
  const std::uint8_t* codes = nullptr;  ///< lane l's sequence begins at l * stride
  std::size_t stride = 0;
  std::int64_t longest = 0;
  std::vector<std::int32_t> lengths;  ///< per lane, padding in front included

  Codes lane(std::size_t index) const { return {codes + index * stride, static_cast<std::size_t>(lengths[index])}; }
};

/// Encodes and interleaves one side of `group`; lanes beyond the group repeat its first pair. Shorter sequences are
/// filled up with padding, to a multiple of 16 letters; `lead`, where given, says how much padding comes before each.
/// False where a letter was invalid (see Stage::encode).
bool load_lanes(const Stage& stage, std::span<const Item> group, Side side, Scratch& scratch, LaneLetters& letters,
                std::span<const std::int32_t> lead = {});

}  // namespace anneal::align::cpu
