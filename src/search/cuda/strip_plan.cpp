#include "search/cuda/strip_plan.h"

#include <algorithm>
#include <numeric>

namespace anneal::search::cuda {
namespace {

struct Track {
  std::int32_t query = -1;
  std::int32_t first_row = 0;
  std::int32_t left = 0;  // rows

  bool is_active() const { return query >= 0; }
  bool is_whole(std::int32_t height) const { return !is_active() || (first_row == 0 && left <= height); }
  std::int32_t strips(std::int32_t most) const { return (left + most - 1) / most; }
  /// Of as few equal strips as hold all rows.
  std::int32_t height(std::int32_t step, std::int32_t most) const {
    const std::int32_t rows = (left + strips(most) - 1) / strips(most);
    return (rows + step - 1) / step * step;
  }
  std::int32_t lone_height(const StripHeights& heights) const {
    const auto whole = std::ranges::lower_bound(heights.whole, left);
    const bool is_whole_one = first_row == 0 && whole != heights.whole.end() &&
                              (left <= heights.most_lone || *whole - left < 2 * heights.step);
    return is_whole_one ? *whole : height(heights.step, heights.most_lone);
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
  if (!b.is_active()) return a.lone_height(heights);
  if (!a.is_active()) return b.lone_height(heights);
  const std::int32_t strips_a = a.strips(heights.most), strips_b = b.strips(heights.most);
  const std::int32_t height_a = a.height(heights.step, heights.most), height_b = b.height(heights.step, heights.most);
  if (strips_a == strips_b) return std::max(height_a, height_b);
  return strips_a < strips_b ? height_a : height_b;
}

QueryStrip take(Track& track, std::int32_t height) {
  if (!track.is_active()) return {};
  const QueryStrip strip{track.query, track.first_row, track.left <= height};
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
  std::vector<StripLaunch> launches;
  for (;;) {
    for (Track& track : std::span(tracks, in_pairs ? 2 : 1)) {
      if (track.is_active() || next == order.end()) continue;
      track = {*next, 0, lengths[*next]};
      ++next;
    }
    if (!tracks[0].is_active() && !tracks[1].is_active()) return launches;
    StripLaunch launch;
    launch.height = common_height(tracks[0], tracks[1], heights);
    const bool is_bordered = !tracks[0].is_whole(launch.height) || !tracks[1].is_whole(launch.height);
    if (is_bordered) launch.height = std::max(launch.height, heights.least);
    for (int k = 0; k < 2; ++k) launch.parts[k] = take(tracks[k], launch.height);
    launches.push_back(launch);
  }
}

}  // namespace anneal::search::cuda
