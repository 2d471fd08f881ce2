#include "array/nest.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>

#include "array/cpu/gather.h"

namespace anneal::array::cpu {
namespace {

Nest nest_of(const Shape& shape, const std::vector<Shape>& strides, const std::vector<int>& reduced = {}) {
  std::vector<std::int64_t> all;
  for (const Shape& leaf : strides) all.insert(all.end(), leaf.begin(), leaf.end());
  Nest nest;
  make_nest(shape, all, strides.size(), reduced, nest);
  return nest;
}

Shape sizes(const Nest& nest) {
  Shape result;
  for (const Nest::Axis& axis : nest.axes) result.push_back(axis.size);
  return result;
}

TEST(ArrayNest, JoinsAxesThatFollowOneAnotherInAllLeaves) {
  Nest nest = nest_of({2, 3, 1, 4}, {{12, 4, 4, 1}, {12, 4, 0, 1}});
  join_axes(2, nest);
  EXPECT_EQ(sizes(nest), Shape{24});
  EXPECT_EQ(nest.access(0), Nest::Access::in_place);

  nest = nest_of({2, 3, 4}, {{12, 4, 1}, {0, 4, 1}});
  join_axes(2, nest);
  EXPECT_EQ(sizes(nest), (Shape{2, 12}));
  EXPECT_EQ(nest.access(0), Nest::Access::in_place);
  EXPECT_EQ(nest.access(1), Nest::Access::gather);
  nest.run_axes = 1;
  EXPECT_EQ(nest.access(1), Nest::Access::in_place);
}

TEST(ArrayNest, DoesNotJoinReducedAxesWithOthers) {
  Nest nest = nest_of({2, 3, 4}, {{12, 4, 1}}, {1, 2});
  join_axes(1, nest);
  EXPECT_EQ(sizes(nest), (Shape{2, 12}));
  EXPECT_TRUE(nest.axes[1].is_reduced);
}

TEST(ArrayNest, SortsAxesByTheirStrides) {
  Nest nest = nest_of({5, 6, 7}, {{0, 0, 0}, {1, 35, -5}});
  sort_axes(2, nest);
  EXPECT_EQ(sizes(nest), (Shape{6, 7, 5}));
  EXPECT_EQ(nest.access(0), Nest::Access::splat);
}

TEST(ArrayNest, GathersAnyPartOfARun) {
  // Element (a, b, c) is at 100 a - 10 b + 2 c, and is that number.
  const Nest nest = nest_of({3, 4, 5}, {{100, -10, 2}});
  std::vector<std::int32_t> memory(400);
  std::iota(memory.begin(), memory.end(), -30);
  const auto* base = reinterpret_cast<const std::byte*>(memory.data() + 30);
  for (std::int64_t first = 0; first < 60; ++first) {
    for (std::int64_t count = 1; first + count <= 60; ++count) {
      std::vector<std::int32_t> made(static_cast<std::size_t>(count));
      gather_run(nest, 0, base, sizeof(std::int32_t), first, made.size(), made.data());
      for (std::int64_t k = 0; k < count; ++k) {
        const std::int64_t place = first + k;
        ASSERT_EQ(made[static_cast<std::size_t>(k)], 100 * (place / 20) - 10 * (place / 5 % 4) + 2 * (place % 5));
      }
    }
  }
}

}  // namespace
}  // namespace anneal::array::cpu
