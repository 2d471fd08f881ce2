#include "array/slicing.h"

#include <algorithm>

namespace anneal::array {
namespace {

// Negative places count from the end; then they are cut to lowest..highest.
std::int64_t place_in(std::int64_t place, std::int64_t size, std::int64_t lowest, std::int64_t highest) {
  return std::clamp(place < 0 ? place + size : place, lowest, highest);
}

}  // namespace

Places places_of(const Slice& slice, std::int64_t size) {
  const bool is_forward = slice.step > 0;
  // A slice that goes backwards begins at the last element, and may end before the first one.
  const std::int64_t lowest = is_forward ? 0 : -1;
  const std::int64_t highest = is_forward ? size : size - 1;
  const std::int64_t first =
      slice.first ? place_in(*slice.first, size, lowest, highest) : (is_forward ? lowest : highest);
  const std::int64_t last = slice.last ? place_in(*slice.last, size, lowest, highest) : (is_forward ? highest : lowest);
  const std::int64_t distance = is_forward ? last - first : first - last;
  if (distance <= 0) return {};
  const auto step = static_cast<std::uint64_t>(slice.step);
  const std::uint64_t pace = is_forward ? step : 0 - step;
  return {first, static_cast<std::int64_t>((static_cast<std::uint64_t>(distance) - 1) / pace) + 1};
}

}  // namespace anneal::array
