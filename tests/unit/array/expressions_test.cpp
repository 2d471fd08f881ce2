// Random expressions of views, by the interpreter and by the plain evaluation.
#include <gtest/gtest.h>

#include <cmath>

#include "anneal/array.h"
#include "plain_evaluate.h"
#include "random_views.h"

namespace anneal {
namespace {

using array::test::Random;

using OfOne = Array (*)(const Array&);
using OfTwo = Array (*)(const Array&, const Array&);

constexpr OfOne of_one[] = {negative, absolute, relu};
constexpr OfTwo of_two[] = {add, subtract, multiply, minimum, maximum};
// A small error of what these are of could make a large one of theirs.
constexpr OfOne of_one_integer[] = {sign, floor};
// Of small slope, so that errors stay small.
constexpr OfOne of_floats[] = {sine, hyperbolic_tangent, sigmoid, error_function, silu, gelu};

// A shape that goes together with `shape`.
Shape narrower(Random& random, const Shape& shape) {
  Shape result(shape.begin() + static_cast<std::ptrdiff_t>(random.below(shape.size() + 1)), shape.end());
  for (auto& size : result) {
    if (random.chance(0.2)) size = 1;
  }
  return result;
}

Array leaf(Random& random, const Shape& shape, DType dtype) {
  if (random.chance(0.1)) return Array::full(shape, 3, dtype);
  const Array counted = array::test::random_array(random, shape);
  const Array places = modulo(counted, 23);
  return cast(array::is_float(dtype) ? places * 0.125 - 1.0 : places, dtype);
}

Array expression(Random& random, const Shape& shape, DType dtype, int depth) {
  if (depth == 0 || random.chance(0.1)) return leaf(random, narrower(random, shape), dtype);
  const Array a = expression(random, shape, dtype, depth - 1);
  const bool is_float = array::is_float(dtype);
  if (random.chance(0.2)) return is_float ? random.pick(of_floats)(a) : random.pick(of_one_integer)(a);
  if (random.chance(0.3)) return random.pick(of_one)(a);
  const Array b = random.chance(0.2) ? a : expression(random, shape, dtype, depth - 1);
  if (random.chance(0.1)) return where(less(leaf(random, narrower(random, shape), DType::i32), 12), a, b);
  if (!is_float && random.chance(0.2)) return modulo(a, b);
  return random.pick(of_two)(a, b);
}

Array reduced(Random& random, const Array& a) {
  Over over{.keep_axes = random.chance(0.5)};
  for (int axis = 0; axis < a.axes(); ++axis) {
    if (random.chance(0.4)) over.axes.push_back(axis);
  }
  if (a.size() == 0 || random.chance(0.4)) return sum(a, over);
  return random.chance(0.5) ? max(a, over) : min(a, over);
}

void expect_close(const Array& a, double error) {
  const auto expected = array::test::plain_numbers(*a.node());
  const auto results = array::test::numbers_of(a.node()->values().elements);
  ASSERT_EQ(results.size(), expected.size());
  for (std::size_t k = 0; k < results.size(); ++k) {
    if (std::isnan(expected[k].real)) {
      EXPECT_TRUE(std::isnan(results[k].real));
    } else if (array::is_float(a.dtype()) && std::isfinite(expected[k].real)) {
      EXPECT_NEAR(results[k].real, expected[k].real, error * (1 + std::fabs(expected[k].real)));
    } else {
      EXPECT_EQ(results[k].integer, expected[k].integer);
    }
  }
}

class Expressions : public testing::TestWithParam<DType> {};

TEST_P(Expressions, AreWhatTheyPlainlyAre) {
  const DType dtype = GetParam();
  Random random(static_cast<std::uint64_t>(dtype));
  for (int k = 0; k < 300; ++k) {
    const Shape shape = array::test::random_shape(random, 4);
    Array a = expression(random, shape, dtype, random.between(1, array::is_float(dtype) ? 3 : 5));
    if (random.chance(0.5)) a = reduced(random, a);
    expect_close(a, dtype == DType::f64 ? 1e-11 : 1e-3);
    if (HasFailure()) FAIL() << "expression " << k << " of shape " << array::text_of(shape);
  }
}

INSTANTIATE_TEST_SUITE_P(Dtypes, Expressions,
                         testing::Values(DType::u8, DType::i8, DType::i32, DType::i64, DType::f32, DType::f64),
                         [](const auto& dtype) { return name_of(dtype.param); });

}  // namespace
}  // namespace anneal
