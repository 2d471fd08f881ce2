#include "array/linalg/conv1d.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "unit/array/random_array.h"

namespace anneal::array::linalg {
namespace {

using test::Random;
using test::random_array;
using testing::HasSubstr;

void check_convolution(const Strided& a, const Strided& kernels, const Steps& steps, const Strided& result) {
  const std::int64_t length = a.shape[2];
  const DType dtype = a.dtype;
  test::for_each_place(result.shape, [&](const Shape& place) {
    std::uint64_t integers = 0;
    double sum = 0;
    double size = 0;
    for (std::int64_t channel = 0; channel < a.shape[1]; ++channel) {
      for (std::int64_t k = 0; k < kernels.shape[2]; ++k) {
        const std::int64_t at = place[2] * steps.stride + k * steps.dilation - steps.padding;
        if (at < 0 || at >= length) continue;
        const Shape a_place{place[0], channel, at};
        const Shape kernel_place{place[1], channel, k};
        if (test::is_float(dtype)) {
          const double term = test::number_at(a, a_place) * test::number_at(kernels, kernel_place);
          sum += term;
          size += std::abs(term);
        } else {
          integers += static_cast<std::uint64_t>(test::integer_at(a, a_place)) *
                      static_cast<std::uint64_t>(test::integer_at(kernels, kernel_place));
        }
      }
    }
    if (test::is_float(dtype)) {
      const double step = std::min(test::precision_of(dtype), 0x1p-22);
      const double allowed = step * static_cast<double>(a.shape[1] * kernels.shape[2]) * size +
                             test::precision_of(dtype) * std::abs(sum) + 1e-7;
      RC_ASSERT(std::abs(test::number_at(result, place) - sum) <= allowed);
    } else {
      RC_ASSERT(test::integer_at(result, place) == test::wrapped(integers, dtype));
    }
  });
}

RC_GTEST_PROP(Conv1d, IsThatOfPlainLoops, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const DType dtype = random.pick(test::all_dtypes);
  const std::int64_t channels = random.between(1, 4);
  const Shape shape{random.between(0, 3), channels, random.between(0, 30)};
  const auto a = random_array(random, dtype, shape);
  const auto kernels = random_array(random, dtype, {random.between(0, 4), channels, random.between(1, 5)});
  const Steps steps{random.between(1, 3), random.between(0, 6), random.between(1, 3)};
  const Values result = conv1d(a.view, kernels.view, steps);
  const std::int64_t seen = steps.dilation * (kernels.view.shape[2] - 1) + 1;
  std::int64_t positions = 0;
  while (positions * steps.stride + seen <= shape[2] + 2 * steps.padding) ++positions;
  RC_ASSERT(result.elements.shape == (Shape{shape[0], kernels.view.shape[0], positions}));
  check_convolution(a.view, kernels.view, steps, result.elements);
}

TEST(Conv1d, OfSeveralBlocksIsThatOfPlainLoops) {
  Random random(1);
  for (const DType dtype : {DType::i32, DType::bf16, DType::f32}) {
    const auto a = random_array(random, dtype, {2, 3, 5000});
    const auto kernels = random_array(random, dtype, {4, 3, 7});
    const Steps steps{.stride = 2, .padding = 3, .dilation = 2};
    check_convolution(a.view, kernels.view, steps, conv1d(a.view, kernels.view, steps).elements);
  }
}

TEST(Conv1d, NamesWhatIsWrong) {
  Random random(2);
  const auto a = random_array(random, DType::f32, {1, 3, 10});
  const auto other = random_array(random, DType::f32, {4, 2, 3});
  const auto kernels = random_array(random, DType::f32, {4, 3, 3});
  const auto error = [&](const Strided& by, const Steps& steps) {
    return test::error_of([&] { conv1d(a.view, by, steps); });
  };
  EXPECT_THAT(error(other.view, {}), HasSubstr("(1, 3, 10) and (4, 2, 3)"));
  EXPECT_THAT(error(kernels.view, {.stride = 0}), HasSubstr("stride 0"));
  EXPECT_THAT(error(kernels.view, {.padding = -1}), HasSubstr("padding -1"));
  EXPECT_THAT(error(kernels.view, {.dilation = 0}), HasSubstr("dilation 0"));
}

}  // namespace
}  // namespace anneal::array::linalg
