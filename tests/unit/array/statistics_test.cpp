#include <gtest/gtest.h>

#include <cmath>

#include "anneal/array.h"
#include "support/random.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

std::vector<double> random_values(std::size_t count) {
  test::Random random(count);
  std::vector<double> values(count);
  for (double& value : values) value = random.between(-1000, 1000) / 256.0;
  return values;
}

TEST(Statistics, MeanAndVarianceAreThoseOfTheDefinition) {
  const auto values = random_values(60);
  const Array a = Array::from<double>(values, {3, 4, 5});
  for (std::size_t row = 0; row < 4; ++row) {
    double total = 0;
    double squares = 0;
    const auto each = [&](auto&& use) {
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 5; ++j) use(values[i * 20 + row * 5 + j]);
      }
    };
    each([&](double value) { total += value; });
    each([&](double value) { squares += (value - total / 15) * (value - total / 15); });
    EXPECT_NEAR(mean(a, {.axes = {0, 2}}).to_vector<double>()[row], total / 15, 1e-13);
    EXPECT_NEAR(var(a, {.axes = {2, 0}}).to_vector<double>()[row], squares / 15, 1e-12);
  }
  EXPECT_EQ(var(a, {.axes = {1}, .keep_axes = true}).shape(), Shape({3, 1, 5}));
}

TEST(Statistics, MeansOfHalfFloatsDoNotOverflow) {
  EXPECT_EQ(mean(Array::full({1000}, 60000, DType::f16)).item(), 60000);
  EXPECT_EQ(var(Array::full({1000}, 60000, DType::f16)).item(), 0);
  const Array exponentials = softmax(Array::zeros({100000}, DType::f16));
  EXPECT_EQ(exponentials.dtype(), DType::f16);
  EXPECT_NEAR(cast(exponentials, DType::f64).to_vector<double>()[7], 1e-5, 1e-7);
}

TEST(Statistics, MeansOfIntegersAreF64) {
  EXPECT_EQ(mean(Array::arange(4, DType::u8)).item(), 1.5);
  EXPECT_EQ(var(Array::arange(4, DType::i32)).item(), 1.25);
}

TEST(Statistics, SoftmaxIsThatOfTheDefinition) {
  const auto values = random_values(12);
  const Array a = Array::from<double>(values, {3, 4});
  const auto rows = softmax(a).to_vector<double>();
  for (std::size_t k = 0; k < 12; ++k) {
    double total = 0;
    for (std::size_t j = 0; j < 4; ++j) total += std::exp(values[k / 4 * 4 + j]);
    EXPECT_NEAR(rows[k], std::exp(values[k]) / total, 1e-14);
  }
  for (const double total : sum(softmax(a, 0), {.axes = {0}}).to_vector<double>()) EXPECT_NEAR(total, 1, 1e-14);
}

TEST(Statistics, SoftmaxOfLargeNumbers) {
  EXPECT_EQ(softmax(Array::full({4}, 1e30, DType::f32)).to_vector<float>(), std::vector<float>(4, 0.25F));
  EXPECT_EQ(softmax(Array::zeros({2, 0}, DType::f32)).shape(), Shape({2, 0}));
  EXPECT_EQ(softmax(Array::zeros({2}, DType::i64)).dtype(), DType::f64);
  EXPECT_EQ(test::thrown_by([] { softmax(Array::zeros({2}, DType::f32), 1); }).line,
            "softmax(): shape (2,) has no axis 1; it must be -1 to 0");
}

}  // namespace
}  // namespace anneal
