#include "array/cpu/one_tile.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "array/cpu/evaluate.h"
#include "array/cpu/machine.h"
#include "make_nodes.h"
#include "support/random.h"

namespace anneal::array::cpu {
namespace {

constexpr std::int64_t count = 1000;

// Every `stride`-th of them is an element; the elements are the same for any stride.
template <class T>
NodePointer random_node(DType dtype, std::uint32_t seed, std::int64_t stride, std::int64_t elements = count) {
  test::Random random(seed);
  auto values = std::make_shared<std::vector<T>>(static_cast<std::size_t>(elements * stride));
  for (std::int64_t k = 0; k < elements; ++k) {
    (*values)[static_cast<std::size_t>(k * stride)] = static_cast<T>(static_cast<double>(random.below(2000)) / 16.0);
  }
  return values_node(std::move(values), dtype, {elements}, {stride});
}

// Of every `stride`-th byte: true, false, true, ...
NodePointer condition_node(std::int64_t stride) {
  auto values = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(count * stride));
  for (std::int64_t k = 0; k < count; k += 2) (*values)[static_cast<std::size_t>(k * stride)] = 1;
  return values_node(std::move(values), DType::boolean, {count}, {stride});
}

template <class T>
NodePointer operation(Op op, DType dtype, std::int64_t stride) {
  std::vector<NodePointer> inputs;
  if (op == Op::where) inputs.push_back(condition_node(stride));
  for (auto k = static_cast<std::uint32_t>(inputs.size()); inputs.size() < static_cast<std::size_t>(operands_of(op));) {
    inputs.push_back(random_node<T>(dtype, ++k, stride));
  }
  return op_node(op, std::move(inputs));
}

// By a program and a machine, as it has elements with others between them.
Values in_general(Node& node) {
  static device::cpu::Queue queue(1);
  Machine& machine = Machine::of_this_thread();
  machine.counts = {};
  Values values = evaluate(node, tile_kernels(), queue);
  EXPECT_GT(machine.counts.tiles, 0U);
  return values;
}

void expect_equal(const Values& found, const Values& expected) {
  ASSERT_EQ(found.elements.dtype, expected.elements.dtype);
  ASSERT_EQ(found.elements.shape, expected.elements.shape);
  std::size_t bytes = size_of(found.elements.dtype);
  for (const std::int64_t size : found.elements.shape) bytes *= static_cast<std::size_t>(size);
  EXPECT_EQ(std::memcmp(found.elements.data, expected.elements.data, bytes), 0);
}

template <class T>
void expect_operations_as_in_general(DType dtype) {
  for (int k = 0; k < op_count; ++k) {
    const Op op = static_cast<Op>(k);
    const bool is_float = dtype >= DType::f16;
    if (is_of_floats(op) && !is_float) continue;
    SCOPED_TRACE(name_of(op));
    const auto found = evaluate_one_tile(*operation<T>(op, dtype, 1), tile_kernels());
    ASSERT_TRUE(found.has_value());
    expect_equal(*found, in_general(*operation<T>(op, dtype, 3)));
  }
}

TEST(ArrayOneTile, OperationsAreAsInGeneral) {
  expect_operations_as_in_general<float>(DType::f32);
  expect_operations_as_in_general<std::int32_t>(DType::i32);
}

template <class T>
void expect_reductions_as_in_general(DType dtype, std::int64_t elements) {
  for (const Reduction reduction : {Reduction::sum, Reduction::product, Reduction::minimum, Reduction::maximum}) {
    SCOPED_TRACE(static_cast<int>(reduction));
    const auto node = reduction_node(reduction, random_node<T>(dtype, 1, 1, elements), {0});
    const auto found = evaluate_one_tile(*node, tile_kernels());
    ASSERT_TRUE(found.has_value());
    expect_equal(*found, in_general(*reduction_node(reduction, random_node<T>(dtype, 1, 3, elements), {0})));
  }
}

TEST(ArrayOneTile, ReductionsAreAsInGeneral) {
  for (const std::int64_t elements : {513, 1000, 1024}) expect_reductions_as_in_general<float>(DType::f32, elements);
  for (const std::int64_t elements : {1, 2, 7, 64, 511, 512}) {
    SCOPED_TRACE(elements);
    expect_reductions_as_in_general<float>(DType::f32, elements);
    expect_reductions_as_in_general<double>(DType::f64, elements);
    expect_reductions_as_in_general<std::int64_t>(DType::i64, elements);
  }
}

TEST(ArrayOneTile, ReductionsOfBooleansAreAsInGeneral) {
  for (const Reduction reduction : {Reduction::any, Reduction::all}) {
    const auto found = evaluate_one_tile(*reduction_node(reduction, condition_node(1), {0}), tile_kernels());
    ASSERT_TRUE(found.has_value());
    expect_equal(*found, in_general(*reduction_node(reduction, condition_node(3), {0})));
  }
}

bool is_one_tile(const NodePointer& node) { return evaluate_one_tile(*node, tile_kernels()).has_value(); }

TEST(ArrayOneTile, LeavesOthersAlone) {
  const auto a = random_node<float>(DType::f32, 1, 1);
  EXPECT_TRUE(is_one_tile(op_node(Op::exponential, {a})));
  EXPECT_TRUE(is_one_tile(reduction_node(Reduction::sum, a, {0}, true)));

  EXPECT_FALSE(is_one_tile(op_node(Op::exponential, {random_node<float>(DType::f32, 1, 2)})));
  EXPECT_FALSE(is_one_tile(op_node(Op::exponential, {random_node<float>(DType::f32, 1, 1, 1025)})));
  EXPECT_FALSE(is_one_tile(op_node(Op::exponential, {op_node(Op::negative, {a})})));
  EXPECT_FALSE(is_one_tile(op_node(Op::add, {a, random_node<float>(DType::f32, 2, 1, 1)})));
  EXPECT_FALSE(is_one_tile(op_node(Op::add, {a, constant_node(1, DType::f32, {count})})));
  EXPECT_FALSE(is_one_tile(op_node(Op::negative, {random_node<std::uint16_t>(DType::f16, 1, 1)})));
  EXPECT_FALSE(is_one_tile(cast_node(a, DType::f64)));

  auto values = std::make_shared<std::vector<float>>(12, 1.0F);
  const auto matrix = values_node(values, DType::f32, {3, 4}, {4, 1});
  EXPECT_TRUE(is_one_tile(reduction_node(Reduction::sum, matrix, {0, 1})));
  EXPECT_FALSE(is_one_tile(reduction_node(Reduction::sum, matrix, {1})));
  EXPECT_FALSE(is_one_tile(reduction_node(Reduction::first_maximum, a, {0})));
  EXPECT_FALSE(is_one_tile(op_node(Op::negative, {values_node(values, DType::f32, {4, 3}, {1, 4})})));
}

}  // namespace
}  // namespace anneal::array::cpu
