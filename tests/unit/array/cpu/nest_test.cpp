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

// Rows of columns of a matrix, tile by tile: as without strips, whatever the size of elements, and where the matrix
// begins in a cache line. The innermost stride is `step` times the number of rows.
template <class T>
void check_strips(std::int64_t rows, std::int64_t length, std::int64_t step, std::int64_t tile, bool is_one_run) {
  const std::int64_t stride = step * rows;
  std::vector<T> memory(static_cast<std::size_t>(std::abs(stride) * length + 1));
  std::iota(memory.begin(), memory.end(), T{0});
  const auto* const base = reinterpret_cast<const std::byte*>(memory.data() + (step < 0 ? -stride * (length - 1) : 0));
  Nest nest = nest_of({rows, length}, {{1, stride}});
  nest.run_axes = is_one_run ? 2 : 1;
  ASSERT_TRUE(may_use_strips(nest, 0));
  Strips strips;
  std::vector<T> plain(static_cast<std::size_t>(tile)), made(plain.size());
  for (std::int64_t row = 0; row < (is_one_run ? 1 : rows); ++row) {
    const std::byte* const first_of_row = base + row * static_cast<std::int64_t>(sizeof(T));
    for (std::int64_t first = 0; first < nest.run_length(); first += tile) {
      const auto count = static_cast<std::size_t>(std::min(tile, nest.run_length() - first));
      gather_run(nest, 0, first_of_row, sizeof(T), first, count, plain.data());
      gather_run(nest, 0, first_of_row, sizeof(T), first, count, made.data(), &strips, row);
      ASSERT_EQ(made, plain) << rows << " x " << length << ", row " << row << ", element " << first;
    }
  }
}

TEST(ArrayNest, StripsOfRowsAreWhatRowsAre) {
  const auto check = [](std::int64_t rows, std::int64_t length, std::int64_t step, std::int64_t tile) {
    for (const bool is_one_run : {false, true}) {
      check_strips<std::uint8_t>(rows, length, step, tile, is_one_run);
      check_strips<std::uint16_t>(rows, length, step, tile, is_one_run);
      check_strips<std::uint32_t>(rows, length, step, tile, is_one_run);
      check_strips<std::uint64_t>(rows, length, step, tile, is_one_run);
    }
  };
  check(70, 100, 1, 1024);
  check(17, 2500, 1, 1024);
  check(131, 33, 3, 50);
  check(65, 40, -1, 7);
}

}  // namespace
}  // namespace anneal::array::cpu
