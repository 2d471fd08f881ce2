#include "array/arrange/gather.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "unit/array/random_array.h"

namespace anneal::array::arrange {
namespace {

using test::Random;
using test::random_array;
using testing::AllOf;
using testing::HasSubstr;

// Of i64, in row-major order.
struct Indices {
  std::vector<std::int64_t> values;
  Shape shape;
  Strided view() const {
    return {reinterpret_cast<const std::byte*>(values.data()), DType::i64, shape, contiguous_strides(shape)};
  }
};

void check_gather(Random& random, DType dtype, const Shape& shape, std::size_t axis, const Shape& index_shape) {
  const auto a = random_array(random, dtype, shape);
  const auto size = static_cast<int>(shape[axis]);
  Indices indices{{}, index_shape};
  indices.values.resize(static_cast<std::size_t>(count_of(index_shape)));
  for (auto& index : indices.values) index = random.between(-size, size - 1);
  const Values result = gather(a.view, indices.view(), static_cast<int>(axis));
  Shape whole(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(axis));
  whole.insert(whole.end(), index_shape.begin(), index_shape.end());
  whole.insert(whole.end(), shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, shape.end());
  RC_ASSERT(result.elements.shape == whole);
  for (const Shape& place : test::places_of(whole)) {
    const auto first = place.begin() + static_cast<std::ptrdiff_t>(axis);
    const auto last = first + static_cast<std::ptrdiff_t>(index_shape.size());
    const std::int64_t index = test::integer_at(indices.view(), Shape(first, last));
    Shape source(place.begin(), first);
    source.push_back(index < 0 ? index + size : index);
    source.insert(source.end(), last, place.end());
    RC_ASSERT(test::bytes_at(result.elements, place) == test::bytes_at(a.view, source));
  }
}

RC_GTEST_PROP(Gather, TakesWhatIndicesSay, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  Shape shape = test::random_shape(random, 3, 5);
  const auto axis = static_cast<std::size_t>(random.below(shape.size() + 1));
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), random.between(1, 6));
  check_gather(random, random.pick(test::all_dtypes), shape, axis, test::random_shape(random, 2, 4));
}

TEST(Gather, TakesLargeSlicesAndLongLines) {
  Random random(1);
  check_gather(random, DType::f32, {5, 40, 50}, 0, {7});
  check_gather(random, DType::f16, {3, 5, 40, 50}, 1, {2, 2});
  check_gather(random, DType::i8, {3, 500}, 1, {70000});
}

TEST(Gather, TakesIndicesOf32BitsWithStrides) {
  Random random(2);
  const auto a = random_array(random, DType::f32, {4});
  const std::vector<std::int32_t> memory{3, 99, -1, 99, 0, 99};
  const Strided indices{reinterpret_cast<const std::byte*>(memory.data() + 4), DType::i32, {3}, {-2}};
  const Values result = gather(a.view, indices, -1);
  const std::vector<std::int64_t> places{0, 3, 3};
  for (std::int64_t k = 0; k < 3; ++k) {
    EXPECT_EQ(test::number_at(result.elements, {k}), test::number_at(a.view, {places[static_cast<std::size_t>(k)]}));
  }
}

TEST(Gather, NamesTheIndexAndItsPlace) {
  Random random(3);
  const auto a = random_array(random, DType::f32, {2, 5});
  const auto error = [&](std::vector<std::int64_t> values, int axis) {
    const Indices indices{std::move(values), {2, 2}};
    return test::error_of([&] { gather(a.view, indices.view(), axis); });
  };
  EXPECT_THAT(error({0, 1, 5, 7}, 1), AllOf(HasSubstr("index 5 at place (1, 0)"), HasSubstr("-5 to 4")));
  EXPECT_THAT(error({0, -6, 1, 1}, -1), HasSubstr("index -6 at place (0, 1)"));
  EXPECT_EQ(error({0, -5, 4, 1}, 1), "");
  const auto empty = random_array(random, DType::f32, {0});
  const Indices indices{{0}, {1}};
  EXPECT_THAT(test::error_of([&] { gather(empty.view, indices.view(), 0); }), HasSubstr("is empty"));
  EXPECT_THAT(test::error_of([&] { gather(a.view, a.view, 0); }), HasSubstr("i32 or i64"));
}

}  // namespace
}  // namespace anneal::array::arrange
