// Which score width a kernel may use.
#pragma once

#include <cstdint>
#include <limits>

#include "align/problem.h"
#include "anneal/align.h"

namespace anneal::align::cpu {

/// Index into Kernels::width.
enum Width : int { width8 = 0, width16 = 1, width32 = 2 };

/// Largest value of a width's signed type.
inline constexpr std::int64_t width_max[] = {std::numeric_limits<std::int8_t>::max(),
                                             std::numeric_limits<std::int16_t>::max(),
                                             std::numeric_limits<std::int32_t>::max()};

/// Narrowest width, from `narrowest` on, that holds the gap penalties and every score up to `bound` in magnitude. Local
/// scores have the whole unsigned range but its last value, which means overflow.
inline Width narrowest_width(const AlignOptions& options, bool local, std::int64_t bound, Width narrowest = width8) {
  const std::int64_t penalty = std::int64_t{options.gap_open} + options.gap_extend;
  for (int width = narrowest; width < width32; ++width) {
    const std::int64_t max = width_max[width];
    if (penalty <= max && bound < (local ? 2 * max + 1 : max)) return static_cast<Width>(width);
  }
  return width32;
}

}  // namespace anneal::align::cpu
