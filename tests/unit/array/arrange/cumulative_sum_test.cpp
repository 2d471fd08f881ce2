#include "array/arrange/cumulative_sum.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "unit/array/random_array.h"

namespace anneal::array::arrange {
namespace {

using test::Random;
using test::random_array;

void check_element(const Strided& a, const Strided& sums, const Shape& place, std::size_t axis) {
  std::uint64_t integers = 0;
  double sum = 0;
  for (std::int64_t k = 0; k <= place[axis]; ++k) {
    Shape term = place;
    term[axis] = k;
    if (test::is_float(a.dtype)) {
      sum += test::number_at(a, term);
    } else {
      integers += static_cast<std::uint64_t>(test::integer_at(a, term));
    }
  }
  if (!test::is_float(a.dtype)) {
    RC_ASSERT(test::integer_at(sums, place) == static_cast<std::int64_t>(integers));
    return;
  }
  const double result = test::number_at(sums, place);
  if (std::isfinite(sum)) {
    RC_ASSERT(std::abs(result - sum) <= test::precision_of(a.dtype) * std::abs(sum));
  } else {
    RC_ASSERT((std::isnan(sum) ? std::isnan(result) : result == sum));
  }
}

RC_GTEST_PROP(CumulativeSum, IsThatOfAPlainLoop, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  Shape shape = test::random_shape(random, 2, 4);
  const auto axis = static_cast<std::size_t>(random.below(shape.size() + 1));
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), random.between(0, 30));
  const auto special = random.chance(0.2) ? test::Special::some : test::Special::none;
  const auto a = random_array(random, random.pick(test::all_dtypes), shape, special);
  const Values sums = cumulative_sum(a.view, static_cast<int>(axis));
  RC_ASSERT(sums.elements.shape == shape);
  RC_ASSERT(sums.elements.dtype == (test::is_float(a.view.dtype) ? a.view.dtype : DType::i64));
  for (const Shape& place : test::places_of(shape)) check_element(a.view, sums.elements, place, axis);
}

TEST(CumulativeSum, DoesNotLoseSmallTerms) {
  // In f32, 2^24 + 1 + 1 would stay 2^24.
  const std::vector<float> values{16777216.0F, 1.0F, 1.0F};
  const Strided a{reinterpret_cast<const std::byte*>(values.data()), DType::f32, {3}, {1}};
  EXPECT_EQ(test::number_at(cumulative_sum(a, 0).elements, {2}), 16777218.0);
}

TEST(CumulativeSum, NamesTheAxis) {
  Random random(1);
  const auto a = random_array(random, DType::f32, {2, 5});
  EXPECT_THAT(test::error_of([&] { cumulative_sum(a.view, 2); }),
              testing::HasSubstr("cumulative_sum: shape (2, 5) has no axis 2"));
}

}  // namespace
}  // namespace anneal::array::arrange
