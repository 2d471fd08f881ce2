#include "array/slicing.h"

namespace anneal::array {
namespace {

// A slice that goes backwards begins at the last element, and ends before the first one.
std::int64_t highest_place(const Slice& slice, std::int64_t size) { return slice.step > 0 ? size : size - 1; }

std::int64_t from_front(std::int64_t place, std::int64_t size) { return place < 0 ? place + size : place; }

}  // namespace

bool is_in_range(const Slice& slice, std::int64_t size) {
  const auto is_place = [&](std::int64_t place) { return place >= -size && place <= highest_place(slice, size); };
  return (!slice.first || is_place(*slice.first)) && (!slice.last || is_place(*slice.last));
}

Places places_of(const Slice& slice, std::int64_t size) {
  const bool is_forward = slice.step > 0;
  const std::int64_t first = slice.first ? from_front(*slice.first, size) : (is_forward ? 0 : size - 1);
  const std::int64_t last = slice.last ? from_front(*slice.last, size) : (is_forward ? size : -1);
  const std::int64_t distance = is_forward ? last - first : first - last;
  if (distance <= 0) return {};
  const auto step = static_cast<std::uint64_t>(slice.step);
  const std::uint64_t pace = is_forward ? step : 0 - step;
  return {first, static_cast<std::int64_t>((static_cast<std::uint64_t>(distance) - 1) / pace) + 1};
}

}  // namespace anneal::array
