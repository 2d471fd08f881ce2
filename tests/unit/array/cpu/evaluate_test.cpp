#include "array/cpu/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <thread>

#include "anneal/error.h"
#include "array/cpu/fold.h"
#include "array/cpu/machine.h"
#include "make_nodes.h"
#include "plain_evaluate.h"
#include "plain_tile_kernels.h"
#include "support/random.h"
#include "tile_tables.h"

namespace anneal::array::cpu {
namespace {

Values evaluated(Node& node) {
  static device::cpu::Queue queue(1);
  return evaluate(node, plain_tile_kernels(), queue);
}

template <class T>
std::vector<T> elements(const Values& values) {
  const PlainValues copy = plain_copy(values.elements);
  std::vector<T> result;
  for (std::size_t k = 0; k < copy.size(); ++k) result.push_back(static_cast<T>(copy.at(k)));
  return result;
}

std::vector<float> random_floats(std::size_t count) {
  test::Random random(7);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.below(1 << 20)) / (1 << 20) - 0.5F;
  return values;
}

// relu(tanh(exp(2 x + 1))).
NodePointer long_chain(const NodePointer& x) {
  const auto scaled = op_node(Op::multiply, {x, constant_node(2, DType::f32)});
  const auto shifted = op_node(Op::add, {scaled, constant_node(1, DType::f32)});
  return op_node(Op::relu, {op_node(Op::hyperbolic_tangent, {op_node(Op::exponential, {shifted})})});
}

TEST(ArrayEvaluate, AddsToAnAlignedResult) {
  const auto sum =
      op_node(Op::add, {values_node<float>({1, 2, 3}, DType::f32), values_node<float>({10, 20, 30}, DType::f32)});
  const Values values = evaluated(*sum);
  EXPECT_EQ(elements<int>(values), (std::vector{11, 22, 33}));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.elements.data) % 64, 0U);
}

TEST(ArrayEvaluate, AChainIsOnePass) {
  const std::size_t count = 100 * 1024;
  const auto chain = long_chain(values_node(random_floats(count), DType::f32));
  Machine& machine = Machine::of_this_thread();
  machine.counts = {};
  evaluated(*chain);
  EXPECT_EQ(machine.counts.tiles, count * sizeof(float) / tile_bytes);
  // Five operations, and two constants, whose registers are filled once.
  EXPECT_EQ(machine.counts.instructions, machine.counts.tiles * 7);
}

TEST(ArrayEvaluate, AReductionOfAChainIsOnePass) {
  const std::size_t count = 100 * 1024;
  const auto chain = reduction_node(Reduction::sum, long_chain(values_node(random_floats(count), DType::f32)), {0});
  Machine& machine = Machine::of_this_thread();
  machine.counts = {};
  evaluated(*chain);
  EXPECT_EQ(machine.counts.tiles, 100U);
  EXPECT_EQ(machine.counts.instructions, 700U);
}

TEST(ArrayEvaluate, ComputesSharedNodesOnce) {
  NodePointer node = values_node<float>({1, 1, 1}, DType::f32);
  for (int k = 0; k < 30; ++k) node = op_node(Op::add, {node, node});
  Machine& machine = Machine::of_this_thread();
  machine.counts = {};
  EXPECT_EQ(elements<int>(evaluated(*node)), (std::vector{1 << 30, 1 << 30, 1 << 30}));
  EXPECT_EQ(machine.counts.instructions, 30U);
}

TEST(ArrayEvaluate, ABroadcastNodeIsComputedOnce) {
  const auto row = op_node(Op::exponential, {values_node(random_floats(512), DType::f32)});
  const auto table =
      values_node(std::make_shared<std::vector<float>>(512 * 100, 1.0F), DType::f32, {100, 512}, {512, 1});
  evaluated(*op_node(Op::add, {table, row}));
  EXPECT_NE(row->values_if_known(), nullptr);
}

TEST(ArrayEvaluate, LongChainsNeedNoStackAndFewRegisters) {
  constexpr int length = 1'000'000;
  NodePointer node = values_node<float>({0, 1}, DType::f32);
  const auto one = constant_node(1, DType::f32);
  for (int k = 0; k < length; ++k) {
    node = op_node(Op::add, {node, one});
  }
  EXPECT_EQ(elements<int>(evaluated(*node)), (std::vector{length, length + 1}));
  Graph graph;
  gather(*node, graph);
  Program program;
  std::vector<std::int64_t> strides;
  add_leaves(graph, node->shape, plain_tile_kernels(), program, strides);
  make_nest(node->shape, strides, program.leaves.size(), {}, program.nest);
  compile(graph, DType::f32, plain_tile_kernels(), program);
  EXPECT_LE(program.registers, 2U);
}

TEST(ArrayEvaluate, ReductionsUponReductionsNeedNoStack) {
  NodePointer node = values_node<float>({1, 2}, DType::f32);
  for (int k = 0; k < 100'000; ++k) {
    node = reduction_node(Reduction::maximum, node, k == 0 ? std::vector{0} : std::vector<int>{});
  }
  EXPECT_EQ(elements<int>(evaluated(*node)), (std::vector{2}));
}

TEST(ArrayEvaluate, SumsOfManyFloatsAreNearlyExact) {
  const std::vector<float> floats = random_floats(10'000'000);
  double exact = 0;
  double size = 0;
  for (const float value : floats) {
    exact += static_cast<double>(value);
    size += std::fabs(static_cast<double>(value));
  }
  const auto sum = reduction_node(Reduction::sum, values_node(floats, DType::f32), {0});
  const double result = plain_copy(evaluated(*sum).elements).at(0);
  // Higham, Accuracy and Stability of Numerical Algorithms, 4.2: log2(n) u sum |x| for pairwise sums.
  EXPECT_LE(std::fabs(result - exact), std::log2(1e7) * 0x1p-24 * size);
  EXPECT_LE(std::fabs(result - exact), 1.0);  // one after the other would be off by more
}

TEST(ArrayEvaluate, SumsOverOuterAxesArePairwise) {
  // Of 2^25 ones, added one after the other, an f32 would stay at 2^24.
  const auto ones = values_node(std::make_shared<std::vector<float>>(1, 1.0F), DType::f32, {1 << 25, 3}, {0, 0});
  EXPECT_EQ(elements<int>(evaluated(*reduction_node(Reduction::sum, ones, {0}))), (std::vector(3, 1 << 25)));
}

TEST(ArrayEvaluate, FindsTheFirstOfEqualsAndNaN) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> floats(5000, 1.0F);
  floats[1700] = floats[4000] = 0;
  const auto first_minimum = [&] {
    return elements<int>(evaluated(*reduction_node(Reduction::first_minimum, values_node(floats, DType::f32), {0})));
  };
  EXPECT_EQ(first_minimum(), std::vector{1700});
  floats[4500] = nan;
  floats[4600] = nan;
  EXPECT_EQ(first_minimum(), std::vector{4500});
}

TEST(ArrayEvaluate, ReductionsOfNothing) {
  const auto nothing = [](DType dtype) {
    return values_node(std::make_shared<std::vector<float>>(), dtype, {2, 0}, {0, 1});
  };
  EXPECT_EQ(elements<int>(evaluated(*reduction_node(Reduction::sum, nothing(DType::f16), {1}))), (std::vector{0, 0}));
  EXPECT_EQ(elements<int>(evaluated(*reduction_node(Reduction::product, nothing(DType::bf16), {1}))),
            (std::vector{1, 1}));
  EXPECT_EQ(elements<int>(evaluated(*reduction_node(Reduction::any, nothing(DType::boolean), {1}))),
            (std::vector{0, 0}));
  EXPECT_EQ(elements<int>(evaluated(*reduction_node(Reduction::all, nothing(DType::boolean), {1}))),
            (std::vector{1, 1}));
}

// Larger than caches, where they go past those; by threads, and with a last tile that is no whole one.
TEST(ArrayEvaluate, LargeResultsAreThoseOfTheirParts) {
  device::cpu::Queue queue(3);
  const std::int64_t count = (std::int64_t{1} << 23) + 100'077;
  auto values = std::make_shared<std::vector<float>>(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < values->size(); ++k) (*values)[k] = static_cast<float>(k % 1009) - 500;
  const auto negative = [&](const Shape& shape, const Shape& strides, std::int64_t first) {
    const auto node = op_node(Op::negative, {values_node(values, DType::f32, shape, strides, first)});
    return evaluate(*node, tile_kernels(), queue);
  };
  const Values whole = negative({count}, {1}, 0);
  const auto* const found = reinterpret_cast<const float*>(whole.elements.data);
  for (std::size_t k = 0; k < values->size(); ++k) ASSERT_EQ(found[k], -(*values)[k]) << k;
  // Rows whose ends are those of cache lines, and that are not.
  for (const std::int64_t row : {1024, 1001}) {
    const std::int64_t pitch = row + 3;
    const std::int64_t rows = count / pitch - 1;
    const Values by_rows = negative({rows, row}, {pitch, 1}, 1);
    const auto* const rest = reinterpret_cast<const float*>(by_rows.elements.data);
    for (std::int64_t k = 0; k < rows * row; ++k) {
      ASSERT_EQ(rest[k], -(*values)[static_cast<std::size_t>(k / row * pitch + k % row + 1)]) << k;
    }
  }
}

TEST(ArrayEvaluate, CastsRoundWhereNothingIsStored) {
  const auto third = values_node<float>({1.0F / 3}, DType::f32);
  const auto back = cast_node(cast_node(third, DType::f16), DType::f32);
  EXPECT_EQ(elements<float>(evaluated(*back)), std::vector{half_to_float(float_to_half(1.0 / 3))});
}

TEST(ArrayEvaluate, KeepsTheOrderOfAxesThatItsInputsHave) {
  const auto transposed = values_node(std::make_shared<std::vector<float>>(600, 1.0F), DType::f32, {20, 30}, {1, 20});
  const Values values = evaluated(*op_node(Op::negative, {transposed}));
  EXPECT_EQ(values.elements.strides, (Shape{1, 20}));
}

TEST(ArrayEvaluate, ReadsMemoryInItsOrderWhereTheOrderIsFree) {
  const auto transposed = values_node(std::make_shared<std::vector<float>>(std::size_t{512 * 1024}, 1.0F), DType::f32,
                                      {512, 1024}, {1, 512});
  Machine& machine = Machine::of_this_thread();
  machine.counts = {};
  evaluated(*reduction_node(Reduction::maximum, transposed, {0, 1}));
  EXPECT_EQ(machine.counts.instructions, 0U);  // nothing is gathered
  EXPECT_EQ(machine.counts.tiles, 512U / Fold::tiles_at_once);
}

// Elements side by side are read several tiles at once, others are gathered tile by tile.
TEST(ArrayEvaluate, SumsDoNotDependOnStrides) {
  for (const Shape& shape : {Shape{1, 4095}, Shape{1, 16'384}, Shape{1, 300'001}, Shape{3, 9000}, Shape{70, 5000}}) {
    const std::int64_t count = shape[0] * shape[1];
    auto apart = std::make_shared<std::vector<float>>(static_cast<std::size_t>(2 * count));
    auto dense = std::make_shared<std::vector<float>>(static_cast<std::size_t>(count));
    for (std::size_t k = 0; k < dense->size(); ++k) {
      (*dense)[k] = (*apart)[2 * k] = 1.0F / static_cast<float>(k % 977 + 1);
    }
    for (const std::vector<int>& axes : {std::vector{1}, std::vector{0, 1}}) {
      const auto in_place = reduction_node(Reduction::sum, values_node(dense, DType::f32, shape, {shape[1], 1}), axes);
      const auto gathered =
          reduction_node(Reduction::sum, values_node(apart, DType::f32, shape, {2 * shape[1], 2}), axes);
      device::cpu::Queue queue(1);
      for (const TileKernels* table : test::tile_tables()) {
        const auto sums = [&](const NodePointer& node) { return elements<float>(evaluate(*node, *table, queue)); };
        EXPECT_EQ(sums(in_place), sums(gathered)) << count << ' ' << table->name;
      }
    }
  }
}

ErrorCode code_for(const Shape& shape) {
  const auto one =
      values_node(std::make_shared<std::vector<float>>(1, 1.0F), DType::f32, shape, Shape(shape.size(), 0));
  try {
    evaluated(*op_node(Op::negative, {one}));
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

TEST(ArrayEvaluate, RefusesWhatIsTooLarge) {
  EXPECT_EQ(code_for({std::int64_t{1} << 33, std::int64_t{1} << 33}), ErrorCode::invalid_argument);
  EXPECT_EQ(code_for({std::int64_t{1} << 31, std::int64_t{1} << 31}), ErrorCode::invalid_argument);
  EXPECT_EQ(code_for({std::int64_t{1} << 29, std::int64_t{1} << 29}), ErrorCode::out_of_memory);
}

TEST(ArrayEvaluate, ThreadsMayShareNodes) {
  for (int round = 0; round < 20; ++round) {
    std::vector<NodePointer> chain = {values_node(std::vector<float>(3000, 1.0F), DType::f32)};
    for (int k = 0; k < 40; ++k) {
      const auto sum = reduction_node(Reduction::maximum, chain.back(), {0}, true);
      chain.push_back(op_node(Op::add, {chain.back(), sum}));
    }
    // They compute the same nodes, and let go of inputs that others look at.
    std::vector<std::thread> threads;
    for (int k = 0; k < 4; ++k) {
      threads.emplace_back([&chain, k] {
        for (std::size_t at = 1 + static_cast<std::size_t>(k); at < 25; at += 4) chain[at]->values();
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(plain_copy(chain[24]->values().elements).at(7), std::ldexp(1.0, 24));
  }
}

TEST(ArrayEvaluate, KeepsNothingOfItsInputs) {
  auto floats = std::make_shared<std::vector<float>>(10, 1.0F);
  const std::weak_ptr<std::vector<float>> watched = floats;
  evaluated(*op_node(Op::negative, {values_node(std::move(floats), DType::f32, {10}, {1})}));
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace anneal::array::cpu
