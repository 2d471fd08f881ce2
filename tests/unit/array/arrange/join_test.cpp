#include "array/arrange/join.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "unit/array/random_array.h"

namespace anneal::array::arrange {
namespace {

using test::Random;
using test::random_array;
using test::RandomArray;
using testing::AllOf;
using testing::HasSubstr;

std::vector<Strided> views_of(const std::vector<RandomArray>& arrays) {
  std::vector<Strided> views;
  for (const RandomArray& a : arrays) views.push_back(a.view);
  return views;
}

RC_GTEST_PROP(Concatenate, PutsPartsBehindEachOther, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const DType dtype = random.pick(test::all_dtypes);
  Shape shape = test::random_shape(random, 3, 5);
  shape.push_back(1);
  const auto axis = static_cast<std::size_t>(random.below(shape.size()));
  std::vector<RandomArray> parts;
  Shape whole = shape;
  whole[axis] = 0;
  for (int k = random.between(1, 4); k > 0; --k) {
    shape[axis] = random.between(0, 4);
    whole[axis] += shape[axis];
    parts.push_back(random_array(random, dtype, shape));
  }
  const int given = static_cast<int>(axis) - (random.chance(0.5) ? static_cast<int>(shape.size()) : 0);
  const Values result = concatenate(views_of(parts), given);
  RC_ASSERT(result.elements.shape == whole);
  std::int64_t first = 0;
  for (const RandomArray& part : parts) {
    for (const Shape& place : test::places_of(part.view.shape)) {
      Shape there = place;
      there[axis] += first;
      RC_ASSERT(test::bytes_at(result.elements, there) == test::bytes_at(part.view, place));
    }
    first += part.view.shape[axis];
  }
}

RC_GTEST_PROP(Stack, PutsPartsBesideEachOther, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const DType dtype = random.pick(test::all_dtypes);
  const Shape shape = test::random_shape(random, 3, 5);
  std::vector<RandomArray> parts;
  for (int k = random.between(1, 4); k > 0; --k) parts.push_back(random_array(random, dtype, shape));
  const auto axis = static_cast<int>(random.below(shape.size() + 1));
  const int given = axis - (random.chance(0.5) ? static_cast<int>(shape.size()) + 1 : 0);
  const Values result = stack(views_of(parts), given);
  Shape whole = shape;
  whole.insert(whole.begin() + axis, static_cast<std::int64_t>(parts.size()));
  RC_ASSERT(result.elements.shape == whole);
  for (std::size_t k = 0; k < parts.size(); ++k) {
    for (const Shape& place : test::places_of(shape)) {
      Shape there = place;
      there.insert(there.begin() + axis, static_cast<std::int64_t>(k));
      RC_ASSERT(test::bytes_at(result.elements, there) == test::bytes_at(parts[k].view, place));
    }
  }
}

TEST(Join, NamesShapesThatDoNotFit) {
  Random random(1);
  std::vector<RandomArray> parts;
  parts.push_back(random_array(random, DType::f32, {2, 3}));
  parts.push_back(random_array(random, DType::f32, {2, 4}));
  const std::vector<Strided> views = views_of(parts);
  EXPECT_THAT(test::error_of([&] { concatenate(views, 0); }),
              AllOf(HasSubstr("concatenate"), HasSubstr("(2, 3)"), HasSubstr("array 1 has (2, 4)")));
  EXPECT_EQ(test::error_of([&] { concatenate(views, 1); }), "");
  EXPECT_THAT(test::error_of([&] { stack(views, 0); }), AllOf(HasSubstr("stack"), HasSubstr("array 1 has (2, 4)")));
  EXPECT_THAT(test::error_of([&] { concatenate(views, 2); }), HasSubstr("axis 2"));
  EXPECT_THAT(test::error_of([&] { concatenate({}, 0); }), HasSubstr("at least one"));
}

}  // namespace
}  // namespace anneal::array::arrange
