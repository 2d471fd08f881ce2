// Operations that are larger than a GPU's memory. Values are small integers: any order of additions is exact.
#include <gmock/gmock.h>

#include <functional>
#include <optional>
#include <string>

#include "anneal/array_ops.h"
#include "anneal/error.h"
#include "array/backends.h"
#include "array/gpu/backend.h"
#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

using testing::HasSubstr;

class ArrayDivided : public ArraySmallGpuTest {
 protected:
  void SetUp() override {
    ArraySmallGpuTest::SetUp();
    if (!IsSkipped()) backend_ = make_backend(std::move(gpu_));
  }
  void TearDown() override {
    backend_.reset();
    ArraySmallGpuTest::TearDown();
  }

  // Results that were put together are in the host's memory.
  void check(const std::function<Array()>& compute) {
    const Array result = on_gpu(compute);
    EXPECT_TRUE(result.node()->is_in(nullptr));
    check_values(result, compute);
  }
  void check_sum(const std::function<Array()>& compute) { check_values(on_gpu(compute), compute); }
  void check_values(const Array& result, const std::function<Array()>& compute) {
    const UseBackend scalar(backend_named("scalar"));
    const Array expected = compute();
    ASSERT_EQ(result.shape(), expected.shape());
    ASSERT_EQ(result.dtype(), expected.dtype());
    EXPECT_EQ(all(equal(result, expected)).item(), 1);
  }
  Array on_gpu(const std::function<Array()>& compute) {
    const UseBackend use(*backend_);
    return compute().evaluate();
  }
  std::string error_on_gpu(const std::function<Array()>& compute) {
    return error_of<Error>([&] {
             // As where the user has asked for it.
             on_gpu(compute);
           })
        .what();
  }

  std::unique_ptr<Backend> backend_;
};
INSTANTIATE_TEST_SUITE_P(On, ArrayDivided, testing::ValuesIn(test_gpus()), gpu_name);

Array table(Shape shape, DType dtype = DType::f32, int seed = 1) {
  const UseBackend host(backend_named("cpu"));
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  std::vector<std::int32_t> values;
  for (std::int64_t k = 0; k < count; ++k)
    values.push_back(static_cast<std::int32_t>((k + seed) * 7919 % 1009 % 5) - 2);
  return cast(Array::from<std::int32_t>(values, std::move(shape)), dtype).evaluate();
}

TEST_P(ArrayDivided, ProductsAreCutAlongRowsAndColumns) {
  const Array tall = table({700, 120}), wide = table({120, 500}, DType::f32, 2), bias = table({500});
  check([&] { return matmul(tall, wide, {.bias = bias, .activation = Activation::relu}); });
  check([&] { return matmul(table({4000, 20}), table({20, 3})); });
  check([&] { return matmul(table({3, 20}), table({4000, 20}).transpose()); });
  check([&] { return matmul(table({200, 150}, DType::i32), table({150, 300}, DType::i32)); });
}

TEST_P(ArrayDivided, ProductsAreCutAlongTheBatch) {
  check([&] { return matmul(table({40, 1, 20, 30}), table({9, 30, 8})); });
  check([&] { return matmul(table({400}), table({60, 400, 3})); });
  check([&] { return matmul(table({60, 30, 40}), table({40}), {.bias = table({30})}); });
}

TEST_P(ArrayDivided, LongInnerAxesAreAddedUpInParts) {
  check_sum([&] { return dot(table({90'000}), table({90'000}, DType::f32, 3)); });
  check_sum([&] { return matmul(table({2, 50'000}), table({50'000, 1}), {.bias = table({1})}); });
  check_sum([&] { return matmul(table({1, 50'000}, DType::i32), table({50'000, 1}, DType::i32)); });
}

// Parts of 1/4 add up to 22,500 and 1/4, which f16 has not.
TEST_P(ArrayDivided, SumsOfHalvesAreRoundedOnce) {
  const auto filled = [](Shape shape, float value) {
    const UseBackend host(backend_named("cpu"));
    return cast(Array::from<float>(std::vector<float>(90'001, value), std::move(shape)), DType::f16).evaluate();
  };
  const Array ones = filled({1, 90'001}, 1), quarters = filled({90'001, 1}, 0.25);
  const auto sum_and = [&](double bias) {
    return on_gpu([&] { return matmul(ones, quarters, {.bias = Array::full({1}, bias, DType::f16)}); }).item();
  };
  EXPECT_EQ(sum_and(0.25), 22'496);
  EXPECT_EQ(sum_and(-22'496), 4.25);
}

TEST_P(ArrayDivided, ConvolutionsAreCutAlongAllTheirAxes) {
  for (const Conv1dOptions& options : {Conv1dOptions{}, Conv1dOptions{.stride = 3, .padding = 11, .dilation = 2}}) {
    check([&] { return conv1d(table({600, 4, 60}), table({5, 4, 7}), options); });
    check([&] { return conv1d(table({2, 4, 60}), table({900, 4, 7}), options); });
    check([&] { return conv1d(table({2, 3, 30'000}), table({2, 3, 9}), options); });
  }
  // Positions that see nothing but padding.
  check([&] { return conv1d(table({1, 1, 10}), table({1, 1, 3}), {.stride = 1, .padding = 50'000}); });
}

TEST_P(ArrayDivided, LinesComeOneAfterTheOther) {
  for (const int axis : {0, 1}) {
    const Array a = axis == 1 ? table({900, 100}) : table({100, 900});
    check([&] { return sort(a, axis); });
    check([&] { return argsort(a, axis - 2); });
    check([&] { return top_k(a, 7, axis).first; });
    check([&] { return top_k(a, 90, axis).second; });
    check([&] { return cumulative_sum(a, axis); });
  }
  check([&] { return cumulative_sum(table({900, 100}, DType::i32), 1); });
}

TEST_P(ArrayDivided, WhatIsOnlyMovedIsTheCpus) {
  const Array a = table({300, 150}), b = table({300, 150}, DType::f32, 2);
  check([&] { return concatenate({{a, b}}, 1); });
  check([&] { return stack({{a, b}}, 2); });
  check([&] { return gather(a, Array::arange(290, DType::i64), 0); });
}

TEST_P(ArrayDivided, ErrorsNameTheShapes) {
  const Array line = table({100'000});
  EXPECT_THAT(error_on_gpu([&] { return sort(line); }),
              HasSubstr("sort of f32, of shapes (100000,), has not the memory"));
  EXPECT_THAT(error_on_gpu([&] { return sort(add(line, 1)); }), HasSubstr("(100000,)"));
  EXPECT_THAT(error_on_gpu([&] { return top_k(line, -1).first; }), HasSubstr("top_k: -1"));
}

}  // namespace
}  // namespace anneal::array::gpu
