#include "align/cpu/lane_load.h"

#include <algorithm>
#include <array>

namespace anneal::align::cpu {

namespace {

constexpr std::size_t line = 64;
constexpr std::size_t most_prefetched = 256;  // of each lane, so that all fit a first-level cache

}  // namespace

LaneLetters load_lanes(const Stage& stage, std::span<const Item> group, Side side, Scratch& scratch,
                       std::span<const std::int32_t> lead, std::int64_t room) {
  const bool query = side == Side::query;
  const std::size_t lanes = stage.kernels.width[group.front().width].lanes;
  LaneLetters letters;
  letters.lengths.resize(lanes);
  std::array<LaneSource, max_lanes> sources;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const std::size_t number = lane < group.size() ? lane : 0;
    const Item& item = group[number];
    const std::int32_t before = lead.empty() ? 0 : lead[number];
    const Codes codes = stage.slab.codes(item.pair, side);
    const auto first = static_cast<std::size_t>(query ? item.first_row : item.first_column);
    // All at once: interleaving waits for those of 16 lanes at a time.
    for (std::size_t k = first; k < std::min(codes.size(), most_prefetched); k += line) {
      __builtin_prefetch(codes.data() + k);
    }
    letters.lengths[lane] = before + (query ? item.rows : item.columns);
    letters.longest = std::max<std::int64_t>(letters.longest, letters.lengths[lane]);
    sources[lane] = {
        .letters = codes.data() + first, .lead = before, .count = static_cast<std::int64_t>(codes.size() - first)};
  }
  const std::int64_t tile = stage.kernels.width[group.front().width].tile_columns(stage.run.boundary().local);
  const std::int64_t filled = query ? letters.longest : tile * tile_count(letters.longest, tile);
  const std::size_t positions = rounded_up_to_block(std::max(filled, room));
  std::uint8_t* interleaved = (query ? scratch.query_lanes : scratch.target_lanes).reserve(lanes * positions);
  stage.kernels.interleave(sources.data(), lanes, positions, stage.scores.padding(), interleaved);
  letters.interleaved = interleaved;
  return letters;
}

}  // namespace anneal::align::cpu
