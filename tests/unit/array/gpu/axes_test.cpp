#include "array/gpu/axes.h"

#include <gtest/gtest.h>

#include "array/gpu/extent.h"
#include "unit/array/random_array.h"

namespace anneal::array::gpu {
namespace {

// Where all elements are, in row-major order.
std::vector<std::pair<std::int64_t, std::int64_t>> offsets_of(const Axes& axes) {
  std::vector<std::pair<std::int64_t, std::int64_t>> offsets;
  test::for_each_place(axes.shape, [&](const Shape& place) {
    std::pair<std::int64_t, std::int64_t> offset{0, 0};
    for (std::size_t axis = 0; axis < place.size(); ++axis) {
      offset.first += place[axis] * axes.first[axis];
      offset.second += place[axis] * axes.second[axis];
    }
    offsets.push_back(offset);
  });
  return offsets;
}

TEST(Axes, JoinedHaveTheSameElementsInTheSameOrder) {
  test::Random random(1);
  for (int k = 0; k < 200; ++k) {
    const Shape shape = test::random_shape(random, 5, 4);
    const Axes axes{shape, test::random_array(random, DType::u8, shape).view.strides,
                    test::random_array(random, DType::u8, shape).view.strides};
    EXPECT_EQ(offsets_of(joined(axes)), offsets_of(axes)) << text_of(shape);
  }
}

TEST(Axes, ThatLieAlikeBecomeOne) {
  const Axes axes = joined({{2, 1, 3, 4}, {12, 7, 4, 1}, {24, 0, 8, 2}});
  EXPECT_EQ(axes.shape, (Shape{24}));
  EXPECT_EQ(axes.first, (Shape{1}));
  EXPECT_EQ(axes.second, (Shape{2}));
}

TEST(Extent, IsFromTheLowestElement) {
  test::Random random(2);
  for (int k = 0; k < 200; ++k) {
    Shape shape = test::random_shape(random, 4, 4);
    std::erase(shape, 0);
    const auto a = test::random_array(random, DType::f32, shape);
    const Extent extent = extent_of(a.view);
    EXPECT_EQ(extent.lowest, a.memory.data());
    EXPECT_EQ(extent.lowest + extent.start * 4, a.view.data);
  }
}

}  // namespace
}  // namespace anneal::array::gpu
