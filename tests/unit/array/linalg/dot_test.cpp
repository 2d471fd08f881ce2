#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "array/linalg/matmul.h"
#include "unit/array/random_array.h"

namespace anneal::array::linalg {
namespace {

using test::Random;
using test::random_array;

void check_dot(Random& random, DType dtype, std::int64_t count) {
  const auto a = random_array(random, dtype, {count});
  const auto b = random_array(random, dtype, {count});
  const Values result = dot(a.view, b.view);
  RC_ASSERT(result.elements.shape.empty());
  std::uint64_t integers = 0;
  double sum = 0;
  double size = 0;
  for (std::int64_t k = 0; k < count; ++k) {
    if (test::is_float(dtype)) {
      const double term = test::number_at(a.view, {k}) * test::number_at(b.view, {k});
      sum += term;
      size += std::abs(term);
    } else {
      integers += static_cast<std::uint64_t>(test::integer_at(a.view, {k})) *
                  static_cast<std::uint64_t>(test::integer_at(b.view, {k}));
    }
  }
  if (test::is_float(dtype)) {
    const double step = std::min(test::precision_of(dtype), 0x1p-22);
    const double in_a_block = static_cast<double>(std::min<std::int64_t>(count, 4096));
    const double allowed = step * in_a_block * size / 8 + test::precision_of(dtype) * std::abs(sum) + 1e-7;
    RC_ASSERT(std::abs(test::number_at(result.elements, {}) - sum) <= allowed);
  } else {
    // Of booleans, whether there is any.
    const auto expected = dtype == DType::boolean ? (integers != 0) : test::wrapped(integers, dtype);
    RC_ASSERT(test::integer_at(result.elements, {}) == expected);
  }
}

RC_GTEST_PROP(Dot, IsThatOfAPlainLoop, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  check_dot(random, random.pick(test::all_dtypes), random.between(0, 50));
}

TEST(Dot, OfSeveralBlocksIsThatOfAPlainLoop) {
  Random random(1);
  for (const DType dtype : test::all_dtypes) {
    for (const std::int64_t count : {4095, 4097, 150001}) check_dot(random, dtype, count);
  }
}

TEST(Dot, NamesShapesThatDoNotFit) {
  Random random(2);
  const auto a = random_array(random, DType::f32, {3});
  const auto b = random_array(random, DType::f32, {4});
  EXPECT_THAT(test::error_of([&] { dot(a.view, b.view); }), testing::HasSubstr("(3,) and (4,)"));
}

}  // namespace
}  // namespace anneal::array::linalg
