#include "align/cpu/lane_load.h"

#include <algorithm>

namespace anneal::align::cpu {
namespace {

constexpr std::size_t block = 16;  // positions that the interleave kernel handles at a time

std::size_t rounded_up(std::int64_t length) { return (static_cast<std::size_t>(length) + block - 1) / block * block; }

}  // namespace

bool load_lanes(Run& run, std::span<const Item> group, Side side, std::size_t lanes, const Kernels& kernels,
                std::uint8_t padding, Scratch& scratch, LaneLetters& letters) {
  const bool query = side == Side::query;
  letters.lengths.resize(lanes);
  letters.longest = 0;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const Item& item = group[lane < group.size() ? lane : 0];
    letters.lengths[lane] = query ? item.rows : item.columns;
    letters.longest = std::max<std::int64_t>(letters.longest, letters.lengths[lane]);
  }
  letters.stride = rounded_up(letters.longest);
  std::uint8_t* codes = (query ? scratch.query_codes : scratch.target_codes).reserve(lanes * letters.stride);
  std::uint8_t* interleaved = (query ? scratch.query_lanes : scratch.target_lanes).reserve(lanes * letters.stride);
  letters.codes = codes;
  letters.interleaved = interleaved;

  bool valid = true;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    std::uint8_t* row = codes + lane * letters.stride;
    const auto length = static_cast<std::size_t>(letters.lengths[lane]);
    if (lane < group.size()) {
      const Item& item = group[lane];
      const auto first = static_cast<std::size_t>(query ? item.first_row : item.first_column);
      valid &= run.encode(item.pair, side, row, first, length);
    } else {
      std::copy_n(codes, length, row);
    }
    std::fill_n(row + length, letters.stride - length, padding);
  }
  kernels.interleave(codes, letters.stride, lanes, letters.stride, interleaved);
  return valid;
}

}  // namespace anneal::align::cpu
