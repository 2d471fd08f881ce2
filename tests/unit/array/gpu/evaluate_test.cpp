#include "array/gpu/evaluate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "anneal/error.h"
#include "unit/array/gpu/array_gpu_test.h"
#include "unit/array/gpu/evaluated.h"

namespace anneal::array::gpu {
namespace {

using cpu::constant_node;
using cpu::NodePointer;
using cpu::op_node;
using cpu::PlainValues;
using cpu::reduction_node;
using cpu::values_node;

class ArrayEvaluateOnGpu : public ArrayGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayEvaluateOnGpu, testing::ValuesIn(test_gpus()), gpu_name);

std::vector<float> numbers(std::size_t count, float first = 0) {
  std::vector<float> values(count);
  std::iota(values.begin(), values.end(), first);
  return values;
}

float result(Gpu& gpu, Node& node) { return static_cast<float>(evaluated(node, gpu).at(0)); }

TEST_P(ArrayEvaluateOnGpu, ChainsMayBeLong) {
  constexpr int length = 10'000;
  NodePointer node = values_node(numbers(100), DType::f32);
  const auto one = constant_node(1, DType::f32);
  for (int k = 0; k < length; ++k) node = op_node(Op::add, {node, one});
  EXPECT_EQ(evaluated(*node, gpu()).at(7), 7 + length);
}

TEST_P(ArrayEvaluateOnGpu, ThereMayBeManyOperands) {
  NodePointer sum = values_node(numbers(100), DType::f32);
  for (int k = 1; k < 80; ++k) {
    sum = op_node(Op::add, {sum, values_node(numbers(100, static_cast<float>(k)), DType::f32)});
  }
  EXPECT_EQ(evaluated(*sum, gpu()).at(3), 3 * 80 + 79 * 80 / 2);
}

// A chain whose nodes are used twice each has 2^40 paths.
TEST_P(ArrayEvaluateOnGpu, NodesMayBeSharedManyTimes) {
  NodePointer node = values_node(numbers(10), DType::i32);
  node = values_node(std::vector<std::int32_t>{1, 2, 3}, DType::i32);
  for (int k = 0; k < 250; ++k)
    node = op_node(Op::maximum, {node, op_node(Op::negative, {op_node(Op::negative, {node})})});
  EXPECT_EQ(evaluated(*node, gpu()).at(2), 3);
}

TEST_P(ArrayEvaluateOnGpu, RoundsHalvesOnlyWhereTheyAreStored) {
  const auto halves = values_node(std::vector<std::uint16_t>{0x3C01}, DType::f16);  // 1 + 2^-10
  const auto square = op_node(Op::multiply, {halves, halves});
  const auto difference = op_node(Op::subtract, {square, constant_node(1, DType::f16)});
  EXPECT_EQ(evaluated(*difference, gpu()).at(0), 0x1p-9);  // 2^-9 + 2^-20, rounded
  const auto rest = op_node(Op::subtract, {difference, constant_node(0x1p-9, DType::f16)});
  EXPECT_EQ(evaluated(*rest, gpu()).at(0), 0x1p-20);
}

TEST_P(ArrayEvaluateOnGpu, ReductionsOfNothingAreNeutral) {
  const auto nothing = values_node(std::make_shared<std::vector<float>>(1), DType::f32, {3, 0}, {0, 1});
  const PlainValues product = evaluated(*reduction_node(Reduction::product, nothing, {1}), gpu());
  ASSERT_EQ(product.shape, Shape{3});
  EXPECT_EQ(product.at(2), 1);
  EXPECT_EQ(evaluated(*reduction_node(Reduction::sum, nothing, {0, 1}), gpu()).at(0), 0);
  EXPECT_EQ(evaluated(*reduction_node(Reduction::sum, nothing, {0}), gpu()).size(), 0u);
}

// The terms are of both signs and of any size: what is left is far below the rounding errors of plain sums.
TEST_P(ArrayEvaluateOnGpu, SumsLoseNothing) {
  std::vector<float> values;
  values.reserve(100'100);
  for (int k = 0; k < 100'000; ++k) values.push_back(std::ldexp(static_cast<float>(k % 7 + 1), k % 25 - 12));
  double exact = 0;
  for (std::size_t k = 0; k + 1 < values.size(); k += 2) values[k + 1] = -values[k];
  for (int k = 0; k < 100; ++k) values.push_back(std::ldexp(1.0F, -k % 10 - 10));
  for (const float value : values) exact += static_cast<double>(value);
  EXPECT_FLOAT_EQ(result(gpu(), *reduction_node(Reduction::sum, values_node(values, DType::f32), {0})),
                  static_cast<float>(exact));
}

TEST_P(ArrayEvaluateOnGpu, SumsMayBeInfinite) {
  std::vector<float> values = numbers(1000);
  values[500] = INFINITY;
  EXPECT_EQ(result(gpu(), *reduction_node(Reduction::sum, values_node(values, DType::f32), {0})), INFINITY);
  values[600] = -INFINITY;
  EXPECT_TRUE(std::isnan(result(gpu(), *reduction_node(Reduction::sum, values_node(values, DType::f32), {0}))));
}

TEST_P(ArrayEvaluateOnGpu, SumsDoNotDependOnStrides) {
  constexpr std::int64_t rows = 70, columns = 333;
  std::vector<float> by_rows, by_columns(rows * columns);
  for (std::int64_t k = 0; k < rows * columns; ++k) by_rows.push_back(1 / static_cast<float>(k + 1));
  for (std::int64_t k = 0; k < rows * columns; ++k) {
    by_columns[static_cast<std::size_t>(k % columns * rows + k / columns)] = by_rows[static_cast<std::size_t>(k)];
  }
  const auto plain =
      values_node(std::make_shared<std::vector<float>>(by_rows), DType::f32, {rows, columns}, {columns, 1});
  const auto turned =
      values_node(std::make_shared<std::vector<float>>(by_columns), DType::f32, {rows, columns}, {1, rows});
  for (const std::vector<int>& axes : {std::vector<int>{0}, {1}, {0, 1}}) {
    const PlainValues a = evaluated(*reduction_node(Reduction::sum, plain, axes), gpu());
    const PlainValues b = evaluated(*reduction_node(Reduction::sum, turned, axes), gpu());
    for (std::size_t k = 0; k < a.size(); ++k) ASSERT_EQ(a.at(k), b.at(k)) << k;
  }
}

// Read along their own axis, in tiles that do not fill the shape.
TEST_P(ArrayEvaluateOnGpu, OperandsMayBeTurned) {
  constexpr std::int64_t planes = 3, rows = 70, columns = 45, count = planes * rows * columns;
  const Shape shape = {planes, rows, columns};
  auto values = std::make_shared<std::vector<std::int32_t>>(static_cast<std::size_t>(count));
  std::iota(values->begin(), values->end(), 0);
  const auto plain = values_node(values, DType::i32, shape, {rows * columns, columns, 1});
  const auto turned = values_node(values, DType::i32, shape, {rows * columns, 1, rows});
  const auto outwards = values_node(values, DType::i32, shape, {1, planes * columns, planes});
  const auto backwards = values_node(values, DType::i32, shape, {rows * columns, -1, rows}, rows - 1);
  for (const auto& other : {turned, outwards, backwards}) {
    auto node = op_node(Op::subtract, {op_node(Op::multiply, {plain, constant_node(3, DType::i32)}), other});
    node = op_node(Op::add, {std::move(node), turned});
    const PlainValues expected = cpu::plain_result(*node);
    const PlainValues made = evaluated(*node, gpu());
    for (std::size_t k = 0; k < made.size(); ++k) ASSERT_EQ(made.at(k), expected.at(k)) << k;
  }
}

TEST_P(ArrayEvaluateOnGpu, LargeReductionsAreInParts) {
  const std::int64_t count = 300'000;
  auto values = std::make_shared<std::vector<std::int32_t>>();
  for (std::int64_t k = 0; k < count; ++k) values->push_back(static_cast<std::int32_t>(k * 7919 % 100'003));
  const auto lowest = std::ranges::min_element(*values);
  const auto all = values_node(values, DType::i32, {count}, {1});
  EXPECT_EQ(evaluated(*reduction_node(Reduction::first_minimum, all, {0}), gpu()).at(0),
            static_cast<double>(lowest - values->begin()));
  const auto table = values_node(values, DType::i32, {count / 3, 3}, {3, 1});
  const PlainValues sums = evaluated(*reduction_node(Reduction::sum, cpu::cast_node(table, DType::i64), {0}), gpu());
  for (std::size_t column = 0; column < 3; ++column) {
    std::int64_t sum = 0;
    for (std::size_t k = column; k < values->size(); k += 3) sum += (*values)[k];
    EXPECT_EQ(sums.at(column), static_cast<double>(sum));
  }
}

TEST_P(ArrayEvaluateOnGpu, RefusesTypesThatItHasNot) {
  const auto node = cpu::cast_node(values_node(numbers(3), DType::f32), DType::f64);
  if (gpu().has_f64()) GTEST_SKIP() << "it has all";
  const auto error = error_of<Error>([&] { evaluate(*node, gpu()); });
  EXPECT_EQ(error.code(), ErrorCode::unavailable);
  EXPECT_NE(std::string(error.what()).find("f64"), std::string::npos) << error.what();
}

}  // namespace
}  // namespace anneal::array::gpu
