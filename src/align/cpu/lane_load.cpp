#include "align/cpu/lane_load.h"

#include "device/cpu/highway_config.h"

#include <hwy/cache_control.h>

#include <algorithm>

namespace anneal::align::cpu {
namespace {

constexpr std::size_t block = 16;  // positions that the interleave kernel handles at a time

// Pairs are taken in the order of their shapes, so their letters lie anywhere, and are asked for some lanes ahead.
constexpr std::size_t lanes_ahead = 12;

void prefetch(std::string_view letters) {
  constexpr std::size_t cache_line = 64, enough = 512;  // the hardware sees where longer ones go
  for (std::size_t k = 0; k < std::min(letters.size(), enough); k += cache_line) hwy::Prefetch(letters.data() + k);
}

std::size_t rounded_up(std::int64_t length) { return (static_cast<std::size_t>(length) + block - 1) / block * block; }

}  // namespace

bool load_lanes(const Stage& stage, std::span<const Item> group, Side side, Scratch& scratch, LaneLetters& letters,
                std::span<const std::int32_t> lead) {
  const bool query = side == Side::query;
  const std::size_t lanes = stage.kernels.width[group.front().width].lanes;
  const auto lead_of = [&](std::size_t lane) { return lead.empty() ? 0 : lead[lane < group.size() ? lane : 0]; };
  const auto letters_of = [&](const Item& item) {
    const auto first = static_cast<std::size_t>(query ? item.first_row : item.first_column);
    return stage.run.letters(item.pair, side).substr(first);
  };
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
  for (std::size_t lane = 0; lane < std::min(lanes_ahead, group.size()); ++lane) prefetch(letters_of(group[lane]));
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if (lane + lanes_ahead < group.size()) prefetch(letters_of(group[lane + lanes_ahead]));
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
