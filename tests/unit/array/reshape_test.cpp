#include "array/reshape.h"

#include <gtest/gtest.h>

#include "random_views.h"
#include "unit/io/thrown.h"

namespace anneal::array {
namespace {

using anneal::test::thrown_by;
using test::Random;

Strided of(Shape shape, Shape strides) { return {nullptr, DType::f32, std::move(shape), std::move(strides)}; }

TEST(Reshape, FindsStridesWhereThereAre) {
  EXPECT_EQ(reshaped_strides(of({3, 4}, {4, 1}), {2, 6}), Shape({6, 1}));
  EXPECT_EQ(reshaped_strides(of({3, 4}, {8, 2}), {12}), Shape({2}));
  EXPECT_EQ(reshaped_strides(of({4, 3}, {1, 4}), {2, 2, 3}), Shape({2, 1, 4}));
  EXPECT_EQ(reshaped_strides(of({6}, {-1}), {2, 3}), Shape({-3, -1}));
  EXPECT_EQ(reshaped_strides(of({5, 4}, {0, 0}), {20}), Shape({0}));
  EXPECT_EQ(reshaped_strides(of({1}, {77}), {}), Shape());
}

TEST(Reshape, HasNoStridesWhereRowsAreApart) {
  EXPECT_EQ(reshaped_strides(of({3, 4}, {5, 1}), {12}), std::nullopt);
  EXPECT_EQ(reshaped_strides(of({4, 3}, {1, 4}), {12}), std::nullopt);
  EXPECT_EQ(reshaped_strides(of({3, 4}, {5, 1}), {2, 6}), std::nullopt);
}

// Another shape of as many elements.
Shape random_shape_of(Random& random, std::int64_t count) {
  Shape shape;
  while (count > 1) {
    std::int64_t size = random.between(1, 6);
    if (count % size != 0) size = count;
    shape.push_back(size);
    count /= size;
  }
  if (random.chance(0.3)) shape.push_back(1);
  return shape;
}

TEST(Reshape, KeepsElementsInRowMajorOrder) {
  Random random(1);
  int views = 0;
  for (int k = 0; k < 3000; ++k) {
    const Array a = test::random_array(random, test::random_shape(random, 4));
    Shape shape = a.size() == 0 ? Shape{0, 3} : random_shape_of(random, a.size());
    const Array b = a.reshape(shape);
    EXPECT_EQ(b.shape(), shape);
    EXPECT_EQ(b.to_vector<std::int64_t>(), a.to_vector<std::int64_t>());
    const bool is_view = reshaped_strides(of(a.shape(), a.strides()), shape).has_value();
    EXPECT_EQ(a.data() == b.data(), is_view);
    views += is_view;
  }
  EXPECT_GT(views, 300);
  EXPECT_LT(views, 2700);
}

TEST(Reshape, FindsTheSizeThatIsLeftOpen) {
  EXPECT_EQ(resolved_shape({3, 4}, {-1}), Shape({12}));
  EXPECT_EQ(resolved_shape({3, 4}, {2, -1, 3}), Shape({2, 2, 3}));
  EXPECT_EQ(resolved_shape({}, {-1, 1}), Shape({1, 1}));
  EXPECT_EQ(resolved_shape({0, 4}, {-1, 2}), Shape({0, 2}));
}

TEST(Reshape, NamesBothShapes) {
  EXPECT_EQ(thrown_by([] { resolved_shape({3, 4}, {5, 2}); }).line,
            "reshape() of (3, 4) to (5, 2): the numbers of elements are 12 and 10, and must be equal");
  EXPECT_EQ(thrown_by([] { resolved_shape({3, 4}, {5, -1}); }).line,
            "reshape() of (3, 4) to (5, -1): 12 elements are no multiple of 5, which the other sizes give");
  EXPECT_EQ(thrown_by([] { resolved_shape({3, 4}, {-1, -1}); }).line,
            "reshape() of (3, 4) to (-1, -1): only one size may be -1");
  EXPECT_EQ(thrown_by([] { resolved_shape({0}, {0, -1}); }).line,
            "reshape() of (0,) to (0, -1): beside a size of 0, -1 could be any size: give it");
  EXPECT_EQ(thrown_by([] { resolved_shape({3}, {-3}); }).line, "shape (-3,) has a negative size; sizes are 0 or more");
}

}  // namespace
}  // namespace anneal::array
