#include "array/slicing.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "support/random.h"

namespace anneal::array {
namespace {

std::vector<std::int64_t> listed(const Slice& slice, std::int64_t size) {
  const Places places = places_of(slice, size);
  std::vector<std::int64_t> list;
  for (std::int64_t k = 0; k < places.count; ++k) list.push_back(places.first + k * slice.step);
  return list;
}

// Python's definition: places first, first + step, ... that are in the axis, after bounds from the end were resolved.
std::vector<std::int64_t> defined(const Slice& slice, std::int64_t size) {
  const bool is_forward = slice.step > 0;
  const auto resolved = [&](std::int64_t place) { return place < 0 ? place + size : place; };
  std::int64_t first = slice.first ? resolved(*slice.first) : (is_forward ? 0 : size - 1);
  const std::int64_t last = slice.last ? resolved(*slice.last) : (is_forward ? size : -1);
  if (is_forward && first < 0) first = 0;
  if (!is_forward && first >= size) first = size - 1;
  std::vector<std::int64_t> list;
  for (std::int64_t k = first; is_forward ? k < last : k > last; k += slice.step) {
    if (k < 0 || k >= size) break;
    list.push_back(k);
  }
  return list;
}

TEST(Slicing, IsPythons) {
  test::Random random(1);
  for (int k = 0; k < 20000; ++k) {
    const int size = random.between(0, 7);
    Slice slice{.step = random.between(1, 4) * (random.chance(0.5) ? 1 : -1)};
    if (random.chance(0.8)) slice.first = random.between(-10, 10);
    if (random.chance(0.8)) slice.last = random.between(-10, 10);
    EXPECT_EQ(listed(slice, size), defined(slice, size))
        << size << ": " << slice.first.value_or(99) << ", " << slice.last.value_or(99) << ", " << slice.step;
  }
}

TEST(Slicing, TakesBoundsAndStepsOfAnySize) {
  constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(listed({lowest, highest, 1}, 3), std::vector<std::int64_t>({0, 1, 2}));
  EXPECT_EQ(listed({highest, lowest, -1}, 3), std::vector<std::int64_t>({2, 1, 0}));
  EXPECT_EQ(places_of({.step = highest}, 3).count, 1);
  EXPECT_EQ(places_of({.step = lowest}, 3).count, 1);
  EXPECT_EQ(places_of({.step = lowest}, 3).first, 2);
  EXPECT_EQ(places_of({}, 0).count, 0);
}

}  // namespace
}  // namespace anneal::array
