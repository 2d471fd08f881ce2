// How long something went on, of which there are several spans.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace anneal::align::gpu {

/// Seconds in which any of the spans was: from, to, not before 0.
inline double seconds_of_any(std::vector<std::pair<double, double>> spans) {
  std::ranges::sort(spans);
  double sum = 0, covered = 0;
  for (const auto& [from, to] : spans) {
    sum += std::max(to - std::max(from, covered), 0.0);
    covered = std::max(covered, to);
  }
  return sum;
}

}  // namespace anneal::align::gpu
