#include "array/node.h"

#include <gtest/gtest.h>

#include <thread>

namespace anneal::array {
namespace {

constexpr int long_chain = 1'000'000;

Array chain(Array a, int adds) {
  for (int k = 0; k < adds; ++k) a = a + 1;
  return a;
}

TEST(Node, ALongChainIsEvaluatedWithoutNestedCalls) {
  EXPECT_EQ(chain(Array::arange(2, DType::i64), long_chain).to_vector<std::int64_t>(),
            std::vector<std::int64_t>({long_chain, long_chain + 1}));
}

TEST(Node, ALongChainIsReleasedWithoutNestedCalls) {
  const Array a = chain(Array::arange(2, DType::i64), long_chain);
  EXPECT_EQ(a.shape(), Shape({2}));
}

// Each node has two ways to the next.
TEST(Node, ALadderIsReleasedOnce) {
  Array a = Array::arange(2, DType::i64);
  for (int k = 0; k < long_chain / 10; ++k) a = maximum(a, a);
  EXPECT_EQ(a.size(), 2);
}

TEST(Node, LetsGoOfItsInputsOnceItIsComputed) {
  auto memory = std::make_shared<std::vector<double>>(4, 1.0);
  const std::weak_ptr<std::vector<double>> watched = memory;
  const Array a = exponential(Array::borrow(memory->data(), DType::f64, {4}, {1}, memory));
  memory.reset();
  EXPECT_FALSE(watched.expired());
  EXPECT_EQ(a.node()->inputs_if_unknown().size(), 1u);
  EXPECT_EQ(a.node()->values_if_known(), nullptr);
  a.evaluate();
  EXPECT_TRUE(watched.expired());
  EXPECT_TRUE(a.node()->inputs_if_unknown().empty());
  EXPECT_EQ(a.node()->values_if_known(), &a.node()->values());
}

TEST(Node, IsComputedOnceByAllThreads) {
  const Array shared = chain(Array::arange(100, DType::i64), 50);
  const Array all = shared * 2;
  std::vector<const void*> addresses(4);
  {
    std::vector<std::jthread> threads;
    threads.reserve(addresses.size());
    for (int k = 0; k < 4; ++k) {
      threads.emplace_back([&, k] {
        const Array own = shared + k;
        EXPECT_EQ(own.to_vector<std::int64_t>()[10], 60 + k);
        EXPECT_EQ(all.to_vector<std::int64_t>()[10], 120);
        addresses[static_cast<std::size_t>(k)] = shared.data();
      });
    }
  }
  for (const void* address : addresses) EXPECT_EQ(address, shared.data());
}

TEST(Node, AConstantIsOneElementInMemory) {
  const Array a = Array::full({1 << 20, 1 << 20}, 3, DType::f64);
  EXPECT_EQ(a.strides(), Shape({0, 0}));
  EXPECT_EQ(*static_cast<const double*>(a.data()), 3);
}

}  // namespace
}  // namespace anneal::array
