// Random graphs against evaluation node by node on the CPU.
#include <cmath>

#include "support/random.h"
#include "unit/array/cpu/random_nodes.h"
#include "unit/array/gpu/array_gpu_test.h"
#include "unit/array/gpu/evaluated.h"

namespace anneal::array::gpu {
namespace {

using cpu::PlainValues;

class ArrayEvaluateRandomly : public ArrayGpuTest {};
INSTANTIATE_TEST_SUITE_P(On, ArrayEvaluateRandomly, testing::ValuesIn(test_gpus()), gpu_name);

// Each has a kernel of its own, which the emulator takes a quarter of a second to compile.
constexpr std::uint64_t cases = 30;

bool is_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void check_same(const PlainValues& made, const PlainValues& expected) {
  ASSERT_EQ(made.dtype, expected.dtype);
  ASSERT_EQ(made.shape, expected.shape);
  for (std::size_t k = 0; k < made.size(); ++k) {
    ASSERT_TRUE(is_same(made.at(k), expected.at(k)))
        << "element " << k << ": " << made.at(k) << ", not " << expected.at(k);
  }
}

// What a sum's error is measured by: the sum of the terms' sizes.
PlainValues sizes_of_terms(const Node& sum) {
  const PlainValues input = cpu::plain_evaluate(*sum.inputs[0]);
  auto sizes = std::make_shared<std::vector<double>>();
  for (std::size_t k = 0; k < input.size(); ++k) sizes->push_back(std::fabs(input.at(k)));
  Shape strides(input.shape.size(), 1);
  for (std::size_t k = strides.size(); k-- > 1;) strides[k - 1] = strides[k] * input.shape[k];
  return cpu::plain_evaluate(*cpu::reduction_node(
      sum.reduction, cpu::values_node(sizes, DType::f64, input.shape, strides), sum.axes, sum.keep_axes));
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

void check_near(const Node& sum, const PlainValues& sizes, const PlainValues& made, const PlainValues& expected) {
  ASSERT_EQ(made.shape, expected.shape);
  for (std::size_t k = 0; k < made.size(); ++k) {
    // Beyond what f16 and f32 hold, or below, the order decides.
    if (!(sizes.at(k) < 6e4) || (sum.reduction == Reduction::product && sizes.at(k) < 1e-4)) continue;
    if (sum.reduction == Reduction::product && !std::isfinite(expected.at(k))) continue;
    ASSERT_LE(std::fabs(made.at(k) - expected.at(k)), precision_of(sum.dtype) * sizes.at(k)) << "element " << k;
  }
}

TEST_P(ArrayEvaluateRandomly, ExpressionsAreAsNodeByNode) {
  for (std::uint64_t seed = 0; seed < cases; ++seed) {
    SCOPED_TRACE(seed);
    cpu::RandomNodes random(seed);
    random.be_for_gpus(gpu().has_f64());
    const auto node = random.expression(random.shape(), random.dtype(), static_cast<int>(seed % 6));
    if (node->kind == NodeKind::values) continue;
    const PlainValues expected = cpu::plain_result(*node);
    check_same(evaluated(*node, gpu()), expected);
    if (HasFatalFailure()) return;
  }
}

TEST_P(ArrayEvaluateRandomly, ReductionsAreAsNodeByNode) {
  for (std::uint64_t seed = 0; seed < cases; ++seed) {
    SCOPED_TRACE(seed);
    cpu::RandomNodes random(seed + cases);
    random.be_for_gpus(gpu().has_f64());
    const auto node = random.reduction(static_cast<int>(seed % 3));
    const PlainValues expected = cpu::plain_result(*node);
    const bool is_sum = node->reduction <= Reduction::product && node->dtype >= DType::f16;
    if (is_sum) {
      const PlainValues sizes = sizes_of_terms(*node);
      check_near(*node, sizes, evaluated(*node, gpu()), expected);
    } else {
      check_same(evaluated(*node, gpu()), expected);
    }
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace anneal::array::gpu
