// Which score width a kernel may use.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "align/cpu/local_frame.h"
#include "anneal/align.h"

namespace anneal::align::cpu {

/// Index into Kernels::width.
enum Width : int { width8 = 0, width16 = 1, width32 = 2 };

/// Largest value of a width's signed type.
inline constexpr std::int64_t width_max[] = {std::numeric_limits<std::int8_t>::max(),
                                             std::numeric_limits<std::int16_t>::max(),
                                             std::numeric_limits<std::int32_t>::max()};

/// Narrowest width, from `narrowest` on, that holds the gap penalties and every score up to `bound` in magnitude.
inline Width narrowest_width(const AlignOptions& options, std::int64_t bound, Width narrowest = width8) {
  const std::int64_t penalty = std::int64_t{options.gap_open} + options.gap_extend;
  for (int width = narrowest; width < width32; ++width) {
    if (penalty <= width_max[width] && bound < width_max[width]) return static_cast<Width>(width);
  }
  return width32;
}

/// Frames of local scores in each width that leave most of the range to scores.
using LocalFrames = std::array<LocalFrame, 3>;

/// For kernels whose tiles have so many columns.
inline LocalFrames local_frames(const AlignOptions& options, const std::array<std::int64_t, 3>& tile_columns) {
  const auto frame = [&](Width width) {
    const int bits = 8 << width;
    return local_frame(options, bits, tile_columns[width], (std::int64_t{3} << bits) / 4);
  };
  return {frame(width8), frame(width16), frame(width32)};
}

/// Narrowest width, from `narrowest` on, in which no local score up to `score` overflows.
inline Width narrowest_width(const LocalFrames& frames, std::int64_t score, Width narrowest = width8) {
  int width = narrowest;
  while (width < width32 &&
         (!frames[static_cast<std::size_t>(width)].possible || score > frames[static_cast<std::size_t>(width)].highest))
    ++width;
  return static_cast<Width>(width);
}

}  // namespace anneal::align::cpu
