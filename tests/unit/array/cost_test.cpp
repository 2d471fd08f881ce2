#include "array/cost.h"

#include <gtest/gtest.h>

#include "array/op.h"

namespace anneal::array {
namespace {

constexpr double bytes = 4;
// Nobody looks into it.
gpu::Gpu* const gpu_memory = reinterpret_cast<gpu::Gpu*>(alignof(std::max_align_t));

// An add is a pass over memory of 1 second for each element, an exponential takes 3, a copy 1/10 for each byte.
const Speeds speeds{
    .rate = [](const Work::Step& step) { return step.operation == operation_of(Op::add) ? 1 : 1.0 / 3; },
    .overhead = 0.5,
    .copy_rate = 10};

Array host_array(std::int64_t size) { return Array::arange(size, DType::i32).evaluate(); }

Work work_of_chain(const Array& result) { return work_of(*result.node()); }

TEST(Cost, OfOneStepIsItsRate) {
  EXPECT_DOUBLE_EQ(expected_seconds(work_of_chain(add(host_array(8), host_array(8))), speeds, nullptr), 0.5 + 8);
}

TEST(Cost, OfAChainIsOnePassAndWhatEachStepTakesBeyondIt) {
  const Array a = cast(host_array(8), DType::f32).evaluate();
  const Array b = cast(host_array(8), DType::f32).evaluate();
  const Array twice = exponential(exponential(add(a, b)));
  EXPECT_DOUBLE_EQ(expected_seconds(work_of_chain(twice), speeds, nullptr), 0.5 + 8 * (1 + 2 + 2));
  EXPECT_DOUBLE_EQ(expected_seconds(work_of_chain(exponential(a)), speeds, nullptr), 0.5 + 8 * 3);
}

TEST(Cost, OperandsOfTheHostAreCopiedThereAndTheResultBack) {
  const Work work = work_of_chain(add(host_array(8), host_array(1)));
  EXPECT_DOUBLE_EQ(expected_seconds(work, speeds, gpu_memory), 0.5 + 8 + (8 + 1 + 8) * bytes / 10);
}

TEST(Cost, WhatIsInItsMemoryIsNotCopied) {
  const auto there = [](std::int64_t size) {
    auto node = std::make_shared<Node>();
    node->dtype = DType::i32;
    node->shape = {size};
    node->add_values({{nullptr, DType::i32, {size}, {1}}, nullptr, gpu_memory});
    return Array(node);
  };
  EXPECT_DOUBLE_EQ(expected_seconds(work_of_chain(add(there(8), there(8))), speeds, gpu_memory), 0.5 + 8);
  EXPECT_DOUBLE_EQ(expected_seconds(work_of_chain(add(there(8), there(8))), speeds, nullptr),
                   0.5 + 8 + (8 + 8) * bytes / 10);
  EXPECT_DOUBLE_EQ(expected_seconds(work_of_chain(add(there(8), host_array(1))), speeds, gpu_memory),
                   0.5 + 8 + (1 + 8) * bytes / 10);
}

}  // namespace
}  // namespace anneal::array
