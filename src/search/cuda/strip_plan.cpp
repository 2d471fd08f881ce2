#include "search/cuda/strip_plan.h"

#include <algorithm>
#include <numeric>

namespace anneal::search::cuda {
namespace {

struct Track {
  std::int32_t query = -1;
  std::int32_t first_row = 0;
  std::int32_t left = 0;  // rows
  std::int32_t number = 0;

  bool is_active() const { return query >= 0; }
  bool is_whole(std::int32_t height) const { return !is_active() || (first_row == 0 && left <= height); }
  std::int32_t strips(const StripHeights& heights) const { return (left + heights.most - 1) / heights.most; }
  /// Of as few equal strips as hold all rows.
  std::int32_t height(const StripHeights& heights) const {
    const std::int32_t rows = (left + strips(heights) - 1) / strips(heights);
    return (rows + heights.step - 1) / heights.step * heights.step;
  }
};

std::vector<std::int32_t> longest_first(std::span<const std::int32_t> lengths) {
  std::vector<std::int32_t> order(lengths.size());
  std::iota(order.begin(), order.end(), 0);
  std::erase_if(order, [&](std::int32_t query) { return lengths[query] == 0; });
  std::ranges::stable_sort(order, [&](std::int32_t a, std::int32_t b) { return lengths[a] > lengths[b]; });
  return order;
}

// The query that has fewer strips left decides: it must not begin another one for a few rows.
std::int32_t common_height(const Track& a, const Track& b, const StripHeights& heights) {
  if (!b.is_active()) return a.height(heights);
  const std::int32_t strips_a = a.strips(heights), strips_b = b.strips(heights);
  if (strips_a == strips_b) return std::max(a.height(heights), b.height(heights));
  return strips_a < strips_b ? a.height(heights) : b.height(heights);
}

QueryStrip take(Track& track, std::int32_t height) {
  if (!track.is_active()) return {};
  const QueryStrip strip{track.query, track.first_row, track.left <= height, track.number};
  track.first_row += height;
  track.left -= height;
  if (strip.is_last) track.query = -1;
  return strip;
}

}  // namespace

std::vector<StripLaunch> plan_strips(std::span<const std::int32_t> lengths, const StripHeights& heights,
                                     bool in_pairs) {
  const std::vector<std::int32_t> order = longest_first(lengths);
  auto next = order.begin();
  Track tracks[2];
  tracks[1].number = 1;
  std::vector<StripLaunch> launches;
  for (;;) {
    for (Track& track : std::span(tracks, in_pairs ? 2 : 1)) {
      if (track.is_active() || next == order.end()) continue;
      track = {*next, 0, lengths[*next], track.number};
      ++next;
    }
    if (!tracks[0].is_active()) std::swap(tracks[0], tracks[1]);
    if (!tracks[0].is_active()) return launches;
    StripLaunch launch;
    launch.height = common_height(tracks[0], tracks[1], heights);
    const bool is_bordered = !tracks[0].is_whole(launch.height) || !tracks[1].is_whole(launch.height);
    if (is_bordered) launch.height = std::max(launch.height, heights.least);
    for (int k = 0; k < 2; ++k) launch.parts[k] = take(tracks[k], launch.height);
    launches.push_back(launch);
  }
}

}  // namespace anneal::search::cuda
