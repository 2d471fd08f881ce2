#include "array/gpu/tiled_evaluate.h"

#include "array/gpu/evaluate.h"
#include "unit/array/cpu/make_nodes.h"
#include "unit/array/cpu/plain_evaluate.h"
#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

using cpu::constant_node;
using cpu::NodePointer;
using cpu::op_node;
using cpu::PlainValues;
using cpu::reduction_node;
using cpu::values_node;

class ArrayTiledEvaluate : public ArraySmallGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayTiledEvaluate, testing::ValuesIn(test_gpus()), gpu_name);

constexpr std::int64_t rows = 250, columns = 270;

template <class T>
NodePointer table(DType dtype, Shape shape, Shape strides) {
  auto values = std::make_shared<std::vector<T>>();
  for (std::int64_t k = 0; k < rows * columns; ++k) values->push_back(static_cast<T>(k * 7919 % 1009));
  return values_node(std::move(values), dtype, std::move(shape), std::move(strides));
}
NodePointer table(DType dtype = DType::f32) {
  if (dtype == DType::i32) return table<std::int32_t>(dtype, {rows, columns}, {columns, 1});
  return table<float>(dtype, {rows, columns}, {columns, 1});
}

void check(Node& node, Gpu& gpu) {
  const PlainValues expected = cpu::plain_result(node);
  ASSERT_TRUE(gpu::is_too_large(node, gpu));
  const Values made = gpu::evaluate(node, gpu);
  EXPECT_EQ(made.gpu, nullptr);
  const PlainValues copy = cpu::plain_copy(made.elements);
  ASSERT_EQ(copy.shape, expected.shape);
  for (std::size_t k = 0; k < copy.size(); ++k) ASSERT_EQ(copy.at(k), expected.at(k)) << k;
}

TEST_P(ArrayTiledEvaluate, ElementwiseResultsComeInParts) {
  const auto column = values_node(std::make_shared<std::vector<float>>(rows, 3.0F), DType::f32, {rows, 1}, {1, 1});
  const auto row = values_node(std::make_shared<std::vector<float>>(columns, 2.0F), DType::f32, {columns}, {1});
  auto node = op_node(Op::add, {op_node(Op::multiply, {table(), row}), column});
  check(*op_node(Op::maximum, {std::move(node), constant_node(40, DType::f32)}), gpu());
  // Its rows are its columns.
  check(*op_node(Op::negative, {table<float>(DType::f32, {rows, columns}, {1, rows})}), gpu());
}

TEST_P(ArrayTiledEvaluate, ReductionsAreCutAlongAxesThatStay) {
  check(*reduction_node(Reduction::sum, table(DType::i32), {1}), gpu());
  check(*reduction_node(Reduction::maximum, table(), {0}, true), gpu());
  check(*reduction_node(Reduction::first_maximum, table(), {1}), gpu());
}

TEST_P(ArrayTiledEvaluate, ReductionsOfAllAreCombined) {
  for (const Reduction reduction : {Reduction::sum, Reduction::first_minimum}) {
    check(*reduction_node(reduction, table(DType::i32), {0, 1}), gpu());
  }
  const auto narrow = table<float>(DType::f32, {2, rows * columns / 2}, {rows * columns / 2, 1});
  check(*reduction_node(Reduction::maximum, narrow, {1}, true), gpu());
  check(*reduction_node(Reduction::first_maximum, narrow, {1}), gpu());
}

TEST_P(ArrayTiledEvaluate, SumsOfHalvesAreRoundedOnce) {
  auto halves = std::make_shared<std::vector<std::uint16_t>>(2 * rows * columns, 0x3C00);  // 1
  const auto small = op_node(
      Op::multiply, {values_node(halves, DType::f16, {2 * rows * columns}, {1}), constant_node(0x1p-8, DType::f16)});
  const auto sum = reduction_node(Reduction::sum, small, {0});
  const PlainValues made = cpu::plain_copy(gpu::evaluate(*sum, gpu()).elements);
  EXPECT_EQ(made.at(0), 527.5);  // 135,000 / 256 = 527.34, with a last place of 1/2
}

TEST_P(ArrayTiledEvaluate, WhatOthersHaveIsLeftToThem) {
  const auto others = gpu().allocate(gpu().memory_budget() / 4 * 3);
  const auto count = static_cast<std::size_t>(gpu().memory_budget() / 4 / sizeof(float));
  const auto node = op_node(Op::negative, {values_node(std::vector<float>(count, 1.0F), DType::f32)});
  ASSERT_FALSE(gpu::is_too_large(*node, gpu()));
  const Values made = gpu::evaluate(*node, gpu());
  EXPECT_EQ(made.gpu, nullptr);
  EXPECT_EQ(cpu::plain_copy(made.elements).at(count - 1), -1);
}

TEST_P(ArrayTiledEvaluate, SmallArraysStayOnTheGpu) {
  const auto node = op_node(Op::negative, {values_node(std::vector<float>(100, 1.0F), DType::f32)});
  EXPECT_EQ(gpu::evaluate(*node, gpu()).gpu, &gpu());
}

}  // namespace
}  // namespace anneal::array::gpu
