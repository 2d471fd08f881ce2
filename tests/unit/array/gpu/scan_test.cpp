#include "array/gpu/scan.h"

#include <cmath>
#include <cstring>

#include "array/arrange/cumulative_sum.h"
#include "unit/array/gpu/array_gpu_test.h"
#include "unit/array/gpu/on_gpu.h"

namespace anneal::array::gpu {
namespace {

using test::fetched;
using test::OnGpu;
using test::Random;
using test::random_array;
using test::RandomArray;
using test::Special;

// Half a last place, and a pair's own errors, which grow with the sizes of all terms.
void expect_close(const Strided& expected, const Strided& result, double size) {
  ASSERT_EQ(expected.shape, result.shape);
  ASSERT_EQ(expected.dtype, result.dtype);
  test::for_each_place(expected.shape, [&](const Shape& place) {
    const double value = test::number_at(expected, place);
    if (std::isfinite(value)) {
      const double allowed = test::precision_of(expected.dtype) / 2 * std::abs(value) + 0x1p-44 * size;
      ASSERT_NEAR(test::number_at(result, place), value, allowed) << text_of(place);
    } else {
      ASSERT_TRUE(test::number_at(result, place) == value || std::isnan(value)) << text_of(place);
      ASSERT_EQ(std::isnan(test::number_at(result, place)), std::isnan(value)) << text_of(place);
    }
  });
}

class ArrayGpuScan : public ArrayGpuTest {
 protected:
  void check(const RandomArray& a, int axis) {
    const OnGpu there(gpu(), a);
    const Values expected = arrange::cumulative_sum(a.view, axis);
    const RandomArray result = fetched(gpu(), gpu::cumulative_sum(gpu(), there.view, axis));
    if (test::is_float(a.view.dtype)) {
      expect_close(expected.elements, result.view,
                   3.0 * static_cast<double>(a.view.shape[static_cast<std::size_t>(axis)]));
    } else {
      test::expect_same(expected.elements, result.view);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(On, ArrayGpuScan, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(ArrayGpuScan, AddsUpAnyAxisAsTheCpuDoes) {
  Random random(1);
  for (const DType dtype : test::all_dtypes) {
    if (dtype == DType::f64 && !gpu().has_f64()) continue;
    Shape shape = test::random_shape(random, 2, 4);
    const auto axis = random.below(shape.size() + 1);
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), random.between(0, 60));
    const auto special = random.chance(0.3) ? Special::some : Special::none;
    check(random_array(random, dtype, shape, special), static_cast<int>(axis));
  }
}

TEST_P(ArrayGpuScan, AddsUpLongLinesAsTheCpuDoes) {
  Random random(2);
  for (const int size : {33, 2047, 2048, 2049, 9000}) check(random_array(random, DType::f32, {2, size}), 1);
  for (const DType dtype : {DType::boolean, DType::i8, DType::i32, DType::i64, DType::bf16}) {
    check(random_array(random, dtype, {2, 4500}), 1);
  }
  check(random_array(random, DType::f32, {3000}, Special::some), 0);
  // More chunks than a group has threads.
  check(random_array(random, DType::u8, {1, 2048 * 257 + 3}), 1);
}

TEST_P(ArrayGpuScan, AddsUpLongColumnsAsTheCpuDoes) {
  Random random(3);
  check(random_array(random, DType::f32, {2, 1000, 3}), 1);
  check(random_array(random, DType::i8, {700, 2}), 0);
}

TEST_P(ArrayGpuScan, DoesNotLoseSmallTerms) {
  RandomArray a;
  const std::vector<float> values{16777216.0F, 1.0F, 1.0F, -16777216.0F, 0.5F};
  a.memory.resize(values.size() * sizeof(float));
  std::memcpy(a.memory.data(), values.data(), a.memory.size());
  a.view = {a.memory.data(), DType::f32, {5}, {1}};
  check(a, 0);
}

TEST_P(ArrayGpuScan, ErrorsAreThoseOfTheCpu) {
  Random random(4);
  const RandomArray a = random_array(random, DType::f32, {2, 5});
  const OnGpu there(gpu(), a);
  test::expect_same_error([&] { arrange::cumulative_sum(a.view, 2); },
                          [&] { gpu::cumulative_sum(gpu(), there.view, 2); });
}

TEST_P(ArrayGpuScan, RefusesF64WhereThereIsNone) {
  if (gpu().has_f64()) GTEST_SKIP() << "this GPU has f64";
  Random random(5);
  const RandomArray a = random_array(random, DType::f64, {2, 5});
  const OnGpu there(gpu(), a);
  const std::string error = test::error_of([&] { gpu::cumulative_sum(gpu(), there.view, 1); });
  EXPECT_NE(error.find("f64"), std::string::npos) << error;
}

}  // namespace
}  // namespace anneal::array::gpu
