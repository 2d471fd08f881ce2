#include "array/slicing.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "support/random.h"

namespace anneal::array {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

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
  const std::int64_t first = slice.first ? resolved(*slice.first) : (is_forward ? 0 : size - 1);
  const std::int64_t last = slice.last ? resolved(*slice.last) : (is_forward ? size : -1);
  std::vector<std::int64_t> list;
  for (std::int64_t k = first; is_forward ? k < last : k > last; k += slice.step) {
    if (k < 0 || k >= size) break;
    list.push_back(k);
  }
  return list;
}

TEST(Slicing, IsPythonsInRange) {
  test::Random random(1);
  for (int k = 0; k < 20000; ++k) {
    const int size = random.between(1, 7);
    Slice slice{.step = random.between(1, 4) * (random.chance(0.5) ? 1 : -1)};
    const int last = slice.step > 0 ? size : size - 1;
    if (random.chance(0.8)) slice.first = random.between(-size, last);
    if (random.chance(0.8)) slice.last = random.between(-size, last);
    EXPECT_TRUE(is_in_range(slice, size));
    EXPECT_EQ(listed(slice, size), defined(slice, size))
        << size << ": " << slice.first.value_or(99) << ", " << slice.last.value_or(99) << ", " << slice.step;
  }
}

TEST(Slicing, TakesStepsOfAnySize) {
  EXPECT_EQ(places_of({.step = highest}, 3).count, 1);
  EXPECT_EQ(places_of({.step = lowest}, 3).count, 1);
  EXPECT_EQ(places_of({.step = lowest}, 3).first, 2);
  EXPECT_EQ(places_of({}, 0).count, 0);
}

TEST(Slicing, EndsOfTheAxisAreInRange) {
  EXPECT_TRUE(is_in_range({.first = -3, .last = 3}, 3));
  EXPECT_TRUE(is_in_range({.first = 3}, 3));
  EXPECT_TRUE(is_in_range({.first = 0, .last = 0}, 0));
  EXPECT_TRUE(is_in_range({.first = {}, .last = {}, .step = -1}, 0));
  EXPECT_TRUE(is_in_range({.first = 2, .last = -3, .step = -1}, 3));
}

TEST(Slicing, WhatIsBehindTheAxisIsOutOfRange) {
  for (const std::int64_t place : {std::int64_t{-4}, std::int64_t{4}, lowest, highest}) {
    EXPECT_FALSE(is_in_range({.first = place}, 3)) << place;
    EXPECT_FALSE(is_in_range({.last = place}, 3)) << place;
  }
  EXPECT_FALSE(is_in_range({.first = 3, .last = {}, .step = -1}, 3));
  EXPECT_FALSE(is_in_range({.first = 0, .last = {}, .step = -1}, 0));
}

}  // namespace
}  // namespace anneal::array
