// Brings the letters of a group of pairs into lanes.
#pragma once

#include <span>

#include "align/cpu/stage.h"

namespace anneal::align::cpu {

/// The letters of one side of a group, interleaved for the kernels.
struct LaneLetters {
  const std::uint8_t* interleaved = nullptr;
  std::int64_t longest = 0;
  std::vector<std::int32_t> lengths;  ///< per lane, what comes before the letters included
};

/// Interleaves one side of `group`; lanes beyond the group repeat its first pair. What comes after a pair's rectangle,
/// or before it where `lead` says how much, is padding, or letters of the pair that no alignment to the rectangle's
/// last cell needs. There are at least `room` positions.
LaneLetters load_lanes(const Stage& stage, std::span<const Item> group, Side side, Scratch& scratch,
                       std::span<const std::int32_t> lead = {}, std::int64_t room = 0);

}  // namespace anneal::align::cpu
