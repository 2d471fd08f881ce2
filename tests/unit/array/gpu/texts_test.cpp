#include <gtest/gtest.h>

#include "array/gpu/evaluate.h"
#include "array/gpu/functions.h"
#include "array/gpu/op_texts.h"
#include "unit/array/cpu/make_nodes.h"
#include "unit/array/gpu/recording_gpu.h"

namespace anneal::array::gpu {
namespace {

using cpu::constant_node;
using cpu::NodePointer;
using cpu::op_node;
using cpu::reduction_node;

NodePointer values(RecordingGpu& gpu, DType dtype, Shape shape, Shape strides, std::int64_t elements) {
  const auto memory = gpu.allocate(static_cast<std::size_t>(elements) * size_of(dtype));
  auto node = std::make_shared<Node>();
  node->dtype = dtype;
  node->shape = shape;
  node->add_values({{memory.get(), dtype, std::move(shape), std::move(strides)}, memory, &gpu});
  return node;
}
NodePointer row(RecordingGpu& gpu, std::int64_t count, DType dtype = DType::f32) {
  return values(gpu, dtype, {count}, {1}, count);
}

std::string text_of(Node& node, RecordingGpu& gpu) {
  evaluate(node, gpu);
  return gpu.texts().back().first;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

TEST(ArrayGpuTexts, DependOnStructureAlone) {
  RecordingGpu gpu;
  const auto text = [&](std::int64_t count, double constant, Op op) {
    return text_of(*op_node(op, {row(gpu, count), constant_node(constant, DType::f32)}), gpu);
  };
  EXPECT_EQ(text(1000, 2, Op::add), text(4099, -0.5, Op::add));
  EXPECT_NE(text(1000, 2, Op::add), text(1000, 2, Op::multiply));
}

TEST(ArrayGpuTexts, OfOneChainAndItsReductionAreOneKernel) {
  RecordingGpu gpu;
  const auto chain = op_node(Op::exponential, {op_node(Op::multiply, {row(gpu, 900), row(gpu, 900)})});
  evaluate(*reduction_node(Reduction::sum, chain, {0}), gpu);
  ASSERT_EQ(gpu.launches().size(), 1u);
  EXPECT_EQ(gpu.launches()[0].arguments, 4u);
}

TEST(ArrayGpuTexts, LoadSixteenBytesWhereNeighboursAreInPlace) {
  RecordingGpu gpu;
  EXPECT_TRUE(has(text_of(*op_node(Op::negative, {row(gpu, 1000)}), gpu), "Chunk<f32, 4>*"));
  EXPECT_TRUE(
      has(text_of(*op_node(Op::add, {row(gpu, 1000, DType::u8), row(gpu, 1000, DType::u8)}), gpu), "Chunk<u8, 16>*"));
  // Rows of 6 are no multiple of 4.
  const auto table = values(gpu, DType::f32, {10, 6}, {8, 1}, 80);
  EXPECT_TRUE(has(text_of(*op_node(Op::negative, {table}), gpu), "Chunk<f32, 2>*"));
  const auto backwards = values(gpu, DType::f32, {10}, {-1}, 10);
  EXPECT_TRUE(has(text_of(*op_node(Op::negative, {backwards}), gpu), "from0[Index("));
}

TEST(ArrayGpuTexts, CountInWideIntegersWhereTheyMust) {
  RecordingGpu gpu;
  const auto repeated = [&](std::int64_t count) {
    return text_of(*reduction_node(Reduction::sum, values(gpu, DType::f32, {count}, {0}, 1), {0}), gpu);
  };
  EXPECT_TRUE(has(repeated(1000), "typedef i32 Index"));
  repeated(std::int64_t{1} << 34);
  EXPECT_TRUE(has(gpu.texts()[gpu.texts().size() - 2].first, "typedef i64 Index"));
}

TEST(ArrayGpuTexts, HaveTheFunctionsThatTheyNeed) {
  const std::string text = with_functions("f32_gelu(x)");
  EXPECT_TRUE(has(text, "struct ExpParts"));
  EXPECT_LT(text.find("struct ExpParts"), text.find("f32 f32_gelu"));
  EXPECT_FALSE(has(text, "f32_sigmoid"));
  EXPECT_EQ(with_functions("no_f32_gelu(x)"), "no_f32_gelu(x)");
}

TEST(ArrayGpuTexts, AreThereForAllOperations) {
  for (int op = 0; op < op_count; ++op) {
    for (const DType dtype : {DType::f32, DType::f64}) EXPECT_NO_THROW(function_text("f", static_cast<Op>(op), dtype));
    if (is_of_floats(static_cast<Op>(op))) continue;
    EXPECT_NO_THROW(function_text("f", static_cast<Op>(op), DType::i64));
  }
}

}  // namespace
}  // namespace anneal::array::gpu
