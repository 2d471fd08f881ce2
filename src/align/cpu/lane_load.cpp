#include "align/cpu/lane_load.h"

#include <algorithm>

namespace anneal::align::cpu {
namespace {

constexpr std::size_t block = 16;  // positions that the interleave kernel handles at a time

std::size_t rounded_up(std::int64_t length) { return (static_cast<std::size_t>(length) + block - 1) / block * block; }

}  // namespace

bool load_lanes(const Stage& stage, std::span<const Item> group, Side side, Scratch& scratch, LaneLetters& letters,
                std::span<const std::int32_t> lead) {
  const bool query = side == Side::query;
  const std::size_t lanes = stage.kernels.width[group.front().width].lanes;
  const auto lead_of = [&](std::size_t lane) { return lead.empty() ? 0 : lead[lane < group.size() ? lane : 0]; };
  letters.lengths.resize(lanes);
  letters.longest = 0;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const Item& item = group[lane < group.size() ? lane : 0];
    letters.lengths[lane] = lead_of(lane) + (query ? item.rows : item.columns);
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
      const auto padded = static_cast<std::size_t>(lead_of(lane));
      std::fill_n(row, padded, stage.scores.padding());
      valid &= stage.encode(item.pair, side, first, length - padded, row + padded);
    } else {
      std::copy_n(codes, length, row);
    }
    std::fill_n(row + length, letters.stride - length, stage.scores.padding());
  }
  stage.kernels.interleave(codes, letters.stride, lanes, letters.stride, interleaved);
  return valid;
}

}  // namespace anneal::align::cpu
