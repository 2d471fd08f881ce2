#include <cmath>

#include "array/cpu/tile_kernels.h"
#include "array/gpu/conv1d.h"
#include "array/gpu/matmul.h"
#include "array/linalg/conv1d.h"
#include "array/linalg/matmul.h"
#include "unit/array/gpu/array_gpu_test.h"
#include "unit/array/gpu/on_gpu.h"

namespace anneal::array::gpu {
namespace {

using test::fetched;
using test::OnGpu;
using test::Random;
using test::random_array;
using test::RandomArray;

// Terms are up to 4.
void expect_close(const Strided& expected, const Strided& result, std::int64_t terms) {
  ASSERT_EQ(expected.shape, result.shape);
  ASSERT_EQ(expected.dtype, result.dtype);
  const double sum = 4.0 * static_cast<double>(terms);
  test::for_each_place(expected.shape, [&](const Shape& place) {
    const double value = test::number_at(expected, place);
    const double allowed = test::precision_of(expected.dtype) * std::abs(value) + 0x1p-22 * sum;
    ASSERT_NEAR(test::number_at(result, place), value, allowed) << text_of(place) << " of " << text_of(expected.shape);
  });
}

cpu::TileKernel cpu_activation(std::optional<Op> op, DType dtype) {
  if (!op) return nullptr;
  return cpu::tile_kernels().ops[static_cast<std::size_t>(*op)][static_cast<std::size_t>(cpu::kind_of(dtype))];
}

class ArrayGpuProducts : public ArrayGpuTest {
 protected:
  std::vector<DType> dtypes() {
    std::vector<DType> result = test::all_dtypes;
    if (!gpu().has_f64()) std::erase(result, DType::f64);
    return result;
  }
  void check(const Strided& expected, const Values& values, std::int64_t terms) {
    const RandomArray result = fetched(gpu(), values);
    if (test::is_float(expected.dtype)) {
      expect_close(expected, result.view, terms);
    } else {
      test::expect_same(expected, result.view);
    }
  }
  void check_matmul(const RandomArray& a, const RandomArray& b) {
    const OnGpu a_there(gpu(), a);
    const OnGpu b_there(gpu(), b);
    check(linalg::matmul(a.view, b.view).elements, gpu::matmul(gpu(), a_there.view, b_there.view), a.view.shape.back());
  }
  void check_epilogue(const RandomArray& a, const RandomArray& b, const RandomArray& bias, std::optional<Op> op) {
    const OnGpu a_there(gpu(), a);
    const OnGpu b_there(gpu(), b);
    const OnGpu bias_there(gpu(), bias);
    const Values expected =
        linalg::matmul(a.view, b.view, {.bias = bias.view, .activation = cpu_activation(op, a.view.dtype)});
    const Values result = gpu::matmul(gpu(), a_there.view, b_there.view, {.bias = bias_there.view, .activation = op});
    check(expected.elements, result, a.view.shape.back() + 1);
  }
  void check_dot(const RandomArray& a, const RandomArray& b) {
    const OnGpu a_there(gpu(), a);
    const OnGpu b_there(gpu(), b);
    check(linalg::dot(a.view, b.view).elements, gpu::dot(gpu(), a_there.view, b_there.view),
          std::min<std::int64_t>(a.view.shape[0], 4096));
  }
  void check_conv1d(const RandomArray& a, const RandomArray& kernels, const linalg::Steps& steps) {
    const OnGpu a_there(gpu(), a);
    const OnGpu kernels_there(gpu(), kernels);
    check(linalg::conv1d(a.view, kernels.view, steps).elements,
          gpu::conv1d(gpu(), a_there.view, kernels_there.view, steps), kernels.view.shape[1] * kernels.view.shape[2]);
  }
};
INSTANTIATE_TEST_SUITE_P(On, ArrayGpuProducts, testing::ValuesIn(test_gpus()), gpu_name);

// Shapes that go together, with stacks that broadcast, and one axis at times.
struct Operands {
  RandomArray a;
  RandomArray b;
};

Operands random_operands(Random& random, DType dtype, int most) {
  const auto size = [&] { return random.chance(0.05) ? std::int64_t{0} : std::int64_t{random.between(1, most)}; };
  const std::int64_t inner = size();
  Shape a = test::random_shape(random, 2, 3);
  Shape b = a;
  for (std::size_t axis = 0; axis < a.size(); ++axis) {
    if (random.chance(0.5)) (random.chance(0.5) ? a : b)[axis] = 1;
  }
  if (random.chance(0.3)) b.erase(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(random.below(b.size() + 1)));
  if (random.chance(0.15)) a.clear();
  if (random.chance(0.85)) a.push_back(size());
  a.push_back(inner);
  if (random.chance(0.15)) b.clear();
  b.push_back(inner);
  if (b.size() > 1 || random.chance(0.7)) b.push_back(size());
  return {random_array(random, dtype, a), random_array(random, dtype, b)};
}

TEST_P(ArrayGpuProducts, MatricesOfAnyShapeAsOnTheCpu) {
  Random random(1);
  for (int k = 0; k < 16; ++k) {
    const Operands operands = random_operands(random, random.pick(dtypes()), random.chance(0.8) ? 6 : 40);
    check_matmul(operands.a, operands.b);
  }
}

TEST_P(ArrayGpuProducts, MatricesAroundTilesAsOnTheCpu) {
  Random random(2);
  const auto check = [&](DType dtype, const Shape& sizes) {  // rows, inner, columns
    check_matmul(random_array(random, dtype, {sizes[0], sizes[1]}), random_array(random, dtype, {sizes[1], sizes[2]}));
  };
  check(DType::f32, {33, 17, 31});
  check(DType::bf16, {64, 16, 65});
  check(DType::f32, {3, 600, 130});
  check(DType::i64, {130, 1000, 2});
  check(DType::i8, {20, 1500, 20});
  check(DType::f32, {390, 20, 385});
  check(DType::f32, {1100, 20, 1050});
}

TEST_P(ArrayGpuProducts, TransposedMatricesAsOnTheCpu) {
  Random random(3);
  RandomArray a = random_array(random, DType::f32, {40, 50});
  RandomArray b = random_array(random, DType::f32, {40, 50});
  for (RandomArray* operand : {&a, &b}) {
    operand->memory.resize(40 * 50 * 4);
    operand->view = {operand->memory.data(), DType::f32, {40, 50}, {50, 1}};
  }
  const auto transposed = [](RandomArray matrix) {
    matrix.view = {matrix.memory.data(), DType::f32, {50, 40}, {1, 50}};
    return matrix;
  };
  check_matmul(a, transposed(b));
  check_matmul(transposed(a), b);
}

TEST_P(ArrayGpuProducts, SumsOfNothingAreZero) {
  Random random(4);
  check_matmul(random_array(random, DType::f32, {3, 0}), random_array(random, DType::f32, {0, 4}));
  check_epilogue(random_array(random, DType::f32, {3, 0}), random_array(random, DType::f32, {0, 4}),
                 random_array(random, DType::f32, {4}), Op::gelu);
  check_dot(random_array(random, DType::f32, {0}), random_array(random, DType::f32, {0}));
}

TEST_P(ArrayGpuProducts, BiasAndActivationAsOnTheCpu) {
  Random random(5);
  for (const Op op : {Op::relu, Op::gelu, Op::sigmoid, Op::silu}) {
    const DType halves = random.pick(std::vector{DType::f16, DType::bf16});
    const DType dtype = random.chance(0.5) ? halves : gpu().has_f64() ? DType::f64 : DType::f32;
    check_epilogue(random_array(random, dtype, {2, 5, 7}), random_array(random, dtype, {7, 9}),
                   random_array(random, dtype, {9}), op);
  }
  // Rows as columns; and a product in parts.
  check_epilogue(random_array(random, DType::f32, {6, 7}), random_array(random, DType::f32, {7}),
                 random_array(random, DType::f32, {6}), std::nullopt);
  check_epilogue(random_array(random, DType::f16, {3, 900}), random_array(random, DType::f16, {900, 5}),
                 random_array(random, DType::f16, {5}), Op::relu);
}

TEST_P(ArrayGpuProducts, NaNAndInfinityStayInTheirRows) {
  RandomArray a;
  a.memory.resize(20 * 30 * sizeof(float));
  a.view = {a.memory.data(), DType::f32, {20, 30}, {30, 1}};
  auto* values = reinterpret_cast<float*>(a.memory.data());
  values[7 * 30 + 4] = NAN;
  values[9 * 30 + 4] = INFINITY;
  RandomArray b = a;
  b.memory.assign(b.memory.size(), std::byte{0});
  b.view = {b.memory.data(), DType::f32, {30, 20}, {20, 1}};
  const OnGpu a_there(gpu(), a);
  const OnGpu b_there(gpu(), b);
  const RandomArray result = fetched(gpu(), gpu::matmul(gpu(), a_there.view, b_there.view));
  for (const Shape& place : test::places_of({20, 20})) {
    EXPECT_EQ(std::isnan(test::number_at(result.view, place)), place[0] == 7 || place[0] == 9) << text_of(place);
  }
}

TEST_P(ArrayGpuProducts, VectorsAsOnTheCpu) {
  Random random(6);
  for (const DType dtype : dtypes()) {
    for (const int count : {1, 257, 9000}) {
      check_dot(random_array(random, dtype, {count}), random_array(random, dtype, {count}));
    }
  }
}

TEST_P(ArrayGpuProducts, ConvolutionsAsOnTheCpu) {
  Random random(7);
  for (int k = 0; k < 6; ++k) {
    const DType dtype = random.pick(dtypes());
    const std::int64_t channels = random.between(1, 4);
    check_conv1d(random_array(random, dtype, {random.between(0, 3), channels, random.between(0, 30)}),
                 random_array(random, dtype, {random.between(0, 4), channels, random.between(1, 5)}),
                 {random.between(1, 3), random.between(0, 6), random.between(1, 3)});
  }
  check_conv1d(random_array(random, DType::f32, {2, 40, 300}), random_array(random, DType::f32, {20, 40, 9}),
               {.stride = 2, .padding = 3, .dilation = 2});
  // A width of 1; and kernels enough for a library.
  check_conv1d(random_array(random, DType::f32, {3, 4, 50}), random_array(random, DType::f32, {5, 4, 1}),
               {.stride = 3, .padding = 0, .dilation = 2});
  check_conv1d(random_array(random, DType::bf16, {3, 4, 50}), random_array(random, DType::bf16, {17, 4, 5}),
               {.stride = 1, .padding = 6, .dilation = 1});
}

TEST_P(ArrayGpuProducts, ErrorsAreThoseOfTheCpu) {
  Random random(8);
  const RandomArray a = random_array(random, DType::f32, {2, 3});
  const RandomArray vector = random_array(random, DType::f32, {2});
  const OnGpu there(gpu(), a);
  const OnGpu vector_there(gpu(), vector);
  const auto expect_same = test::expect_same_error;
  expect_same([&] { linalg::matmul(a.view, a.view); }, [&] { gpu::matmul(gpu(), there.view, there.view); });
  expect_same([&] { linalg::dot(a.view, a.view); }, [&] { gpu::dot(gpu(), there.view, there.view); });
  expect_same([&] { linalg::matmul(vector.view, a.view, {.bias = vector.view}); },
              [&] { gpu::matmul(gpu(), vector_there.view, there.view, {.bias = vector_there.view}); });
  expect_same([&] { linalg::conv1d(a.view, a.view, {}); }, [&] { gpu::conv1d(gpu(), there.view, there.view, {}); });
}

TEST_P(ArrayGpuProducts, RefuseF64WhereThereIsNone) {
  if (gpu().has_f64()) GTEST_SKIP() << "this GPU has f64";
  Random random(9);
  const RandomArray a = random_array(random, DType::f64, {2, 2});
  const OnGpu there(gpu(), a);
  const std::string error = test::error_of([&] { gpu::matmul(gpu(), there.view, there.view); });
  EXPECT_NE(error.find("f64"), std::string::npos) << error;
}

}  // namespace
}  // namespace anneal::array::gpu
