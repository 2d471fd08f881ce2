// Random graphs against evaluation node by node, and against other numbers of threads.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <tbb/global_control.h>

#include <cmath>

#include "array/cpu/evaluate.h"
#include "array/graph.h"
#include "plain_evaluate.h"
#include "plain_tile_kernels.h"
#include "random_nodes.h"

namespace anneal::array::cpu {
namespace {

bool is_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

// Nodes that are computed on their own, with the same kernels: others round in other places.
void evaluate_needed_first(const Node& node, device::cpu::Queue& queue) {
  Graph graph;
  for (const auto& needed : gather(node, graph)) {
    needed->add_values(evaluate(*needed, plain_tile_kernels(), queue));
    needed->inputs.clear();
  }
}

PlainValues evaluated(Node& node, int threads = 1) {
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, 8);
  device::cpu::Queue queue(threads);
  evaluate_needed_first(node, queue);
  return plain_copy(evaluate(node, plain_tile_kernels(), queue).elements);
}

// The size of the terms that are added to each result: what a sum's error is measured by.
PlainValues sizes_of_terms(const Node& sum) {
  const PlainValues input = plain_evaluate(*sum.inputs[0]);
  auto sizes = std::make_shared<std::vector<double>>();
  for (std::size_t k = 0; k < input.size(); ++k) sizes->push_back(std::fabs(input.at(k)));
  Shape strides(input.shape.size(), 1);
  for (std::size_t k = strides.size(); k-- > 1;) strides[k - 1] = strides[k] * input.shape[k];
  return plain_evaluate(
      *reduction_node(sum.reduction, values_node(sizes, DType::f64, input.shape, strides), sum.axes, sum.keep_axes));
}

double precision_of(DType dtype) {
  switch (dtype) {
    case DType::f16:
      return 0x1p-10;
    case DType::bf16:
      return 0x1p-7;
    case DType::f32:
      return 0x1p-18;
    default:
      return 0x1p-46;
  }
}

void check_near(const Node& sum, const PlainValues& made, const PlainValues& expected) {
  const PlainValues sizes = sizes_of_terms(sum);
  for (std::size_t k = 0; k < made.size(); ++k) {
    // Beyond what f16 and f32 hold, or below, the order decides.
    if (!(sizes.at(k) < 6e4) || (sum.reduction == Reduction::product && sizes.at(k) < 1e-4)) continue;
    if (sum.reduction == Reduction::product && !std::isfinite(expected.at(k))) continue;
    RC_ASSERT(std::fabs(made.at(k) - expected.at(k)) <= precision_of(sum.dtype) * sizes.at(k));
  }
}

void check_same(const PlainValues& made, const PlainValues& expected) {
  RC_ASSERT(made.dtype == expected.dtype);
  RC_ASSERT(made.shape == expected.shape);
  for (std::size_t k = 0; k < made.size(); ++k) {
    if (!is_same(made.at(k), expected.at(k)))
      RC_LOG() << "element " << k << ": " << made.at(k) << ", not " << expected.at(k);
    RC_ASSERT(is_same(made.at(k), expected.at(k)));
  }
}

RC_GTEST_PROP(ArrayEvaluateProperties, ExpressionsAreAsNodeByNode, (std::uint64_t seed)) {
  RandomNodes random(seed);
  const Shape shape = random.shape();
  const DType dtype = random.dtype();
  const auto node = random.expression(shape, dtype, *rc::gen::inRange(0, 6));
  if (node->kind == NodeKind::values) return;
  const PlainValues expected = plain_result(*node);
  check_same(evaluated(*node), expected);
}

RC_GTEST_PROP(ArrayEvaluateProperties, ReductionsAreAsNodeByNode, (std::uint64_t seed)) {
  RandomNodes random(seed);
  const auto node = random.reduction(*rc::gen::inRange(0, 3));
  const PlainValues expected = plain_result(*node);
  const PlainValues made = evaluated(*node);
  const bool is_sum = node->reduction == Reduction::sum || node->reduction == Reduction::product;
  if (is_sum && node->dtype >= DType::f16) return check_near(*node, made, expected);
  check_same(made, expected);
}

// Enough elements for several threads.
NodePointer large_values(RandomNodes& random, DType dtype) {
  const auto forms = {Shape{300'000},     Shape{3, 100'000},  Shape{100'000, 3}, Shape{700, 600},
                      Shape{7, 100, 500}, Shape{50, 4, 1500}, Shape{60, 5000}};
  const Shape shape = *rc::gen::elementOf(std::vector<Shape>(forms));
  return random.values(shape, dtype);
}

RC_GTEST_PROP(ArrayEvaluateProperties, AnyNumberOfThreadsGivesTheSame, (std::uint64_t seed)) {
  RandomNodes random(seed);
  const auto input = large_values(random, *rc::gen::element(DType::f32, DType::f16, DType::f64, DType::i32));
  NodePointer node = op_node(Op::multiply, {input, constant_node(3, input->dtype)});
  std::vector<int> axes;
  const bool is_find = *rc::gen::inRange(0, 4) == 0;
  for (int axis = 0; axis < static_cast<int>(input->shape.size()); ++axis) {
    if (*rc::gen::arbitrary<bool>() && !(is_find && !axes.empty())) axes.push_back(axis);
  }
  if (is_find && axes.empty()) axes.push_back(0);
  if (is_find || !axes.empty()) {
    node = reduction_node(is_find ? Reduction::first_maximum : Reduction::sum, std::move(node), std::move(axes));
  }
  const PlainValues expected = evaluated(*node, 1);
  for (int threads = 2; threads <= 8; ++threads) {
    const PlainValues made = evaluated(*node, threads);
    check_same(made, expected);
  }
}

}  // namespace
}  // namespace anneal::array::cpu
